using System.Text.RegularExpressions;

namespace CorpSecure.Architecture.Tests.Rules;

/// <summary>A capability is complete in its folder and wired in one place.</summary>
internal static partial class CapabilityRules
{
    private const string Checks = "src/CorpSecure.Core/Checks";
    private const string Catalog = $"{Checks}/CheckCatalog.cs";

    public static readonly Rule[] All =
    [
        new Rule("Every check lives in a folder of its own and stands in the catalog", LostChecks,
            ($"{Checks}/Holds/HoldCheck.cs", "public sealed class HoldCheck : ICheck"),
            ($"{Checks}/RoleCheck.cs", "public sealed class RoleCheck : ICheck"),
            ($"{Checks}/Other/PayeeCheck.cs", "public sealed class PayeeCheck : ICheck"),
            ("src/CorpSecure.Core/Policies/LimitCheck.cs", "public sealed class LimitCheck(int limit) : ICheck"))
        {
            Around =
            [
                (Catalog, "[ new RoleCheck(), new PayeeCheck(), new LimitCheck(1) ]"),
                ($"{Checks}/Role/RoleCheck.cs", "public sealed class RoleCheck : ICheck"),
            ],
        },
        new Rule("Every folder of checks has its tests", tree => UntestedChecks(tree),
            ($"{Checks}/Holds/HoldsCheck.cs", "public sealed class HoldsCheck : ICheck"))
        {
            Around = [($"{Checks}/Role/RoleCheck.cs", "public sealed class RoleCheck : ICheck"), ("tests/CorpSecure.Core.Tests/Checks/Role/RoleCheckTests.cs", "")],
        },
    ];

    private static IEnumerable<string> LostChecks(SourceTree tree) =>
        from file in tree.Sources("src/CorpSecure.Core")
        from Match check in Check().Matches(tree.Read(file))
        let name = check.Groups["name"].Value
        let lost = file != $"{Checks}/{name}/{name}Check.cs" ? "is not in its own folder"
            : !tree.Read(Catalog).Contains($"new {name}Check(") ? "is not in the catalog"
            : null
        where lost is not null
        select $"{file}: {name}Check {lost}";

    private static IEnumerable<string> UntestedChecks(SourceTree tree) =>
        from file in tree.Sources("src/CorpSecure.Core")
        from Match check in Check().Matches(tree.Read(file))
        let name = check.Groups["name"].Value
        where !File.Exists(Path.Combine(tree.Root, $"tests/CorpSecure.Core.Tests/Checks/{name}/{name}CheckTests.cs"))
        select $"{file} has no tests";

    [GeneratedRegex(@"\bclass (?<name>\w+)Check\b[^\n{]*: ICheck\b")]
    private static partial Regex Check();
}
