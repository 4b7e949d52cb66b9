using System.Xml.Linq;

namespace CorpSecure.Architecture.Tests.Rules;

/// <summary>Which project may know which, and where versions stand.</summary>
internal static class ProjectRules
{
    /// <summary>The only arrows there are. A new project is written down here first.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["CorpSecure.Protocol"] = [],
        ["CorpSecure.Core"] = ["CorpSecure.Protocol"],
        ["CorpSecure.Ledger"] = ["CorpSecure.Protocol"],
        ["CorpSecure.Gateway"] = ["CorpSecure.Core", "CorpSecure.Ledger"],
        ["CorpSecure.Identity"] = ["CorpSecure.Ledger"],
        ["CorpSecure.Notary"] = ["CorpSecure.Ledger"],
        ["CorpSecure.Console"] = ["CorpSecure.Client.Ops"],
        ["CorpSecure.Client"] = ["CorpSecure.Protocol"],
        ["CorpSecure.Client.Ops"] = ["CorpSecure.Protocol"],
        ["CorpSecure.Cli"] = ["CorpSecure.Client", "CorpSecure.Client.Ops"],
        ["CoreBank.Simulator"] = [],
        ["CorpSecure.DevHost"] = ["CorpSecure.Client", "CorpSecure.Client.Ops"],
    };

    /// <summary>It starts the others from their build output, so they must be built before it; it must not see inside.</summary>
    private const string BuildsOthersFirst = "CorpSecure.DevHost";

    /// <summary>Managed, so that nothing native is shipped; for what .NET does not have.</summary>
    private const string CryptoLibrary = "BouncyCastle.Cryptography";

    public static readonly Rule[] All =
    [
        new Rule("Project references point only where the design says", ForeignReferences,
            Project("src/CorpSecure.Protocol", "<ProjectReference Include='../CorpSecure.Core/CorpSecure.Core.csproj' />"),
            Project("src/CorpSecure.Core", "<ProjectReference Include='../CorpSecure.Ledger/CorpSecure.Ledger.csproj' />"),
            Project("src/CorpSecure.Gateway", "<ProjectReference Include='..\\CorpSecure.Identity\\CorpSecure.Identity.csproj' />"),
            Project("src/CorpSecure.Client", "<ProjectReference Include='../CorpSecure.Client.Ops/CorpSecure.Client.Ops.csproj' />"),
            Project("src/CorpSecure.Gateway", "<ProjectReference Include='../CorpSecure.Identity/CorpSecure.Identity.csproj' ReferenceOutputAssembly='false' />"),
            Project("src/CorpSecure.DevHost", "<ProjectReference Include='../CorpSecure.Gateway/CorpSecure.Gateway.csproj' />"),
            Project("src/CorpSecure.DevHost", "<ProjectReference Include='../CorpSecure.Gateway/CorpSecure.Gateway.csproj' ReferenceOutputAssembly='true' />"),
            Project("src/CorpSecure.Unheard", ""),
            Project("src/CorpSecure.Core", "<Reference Include='CorpSecure.Ledger' />"))
        {
            Around =
            [
                Project("src/CorpSecure.Identity", "<ProjectReference Include='../CorpSecure.Ledger/CorpSecure.Ledger.csproj' />"),
                Project("src/CorpSecure.DevHost",
                    "<ProjectReference Include='../CorpSecure.Client/CorpSecure.Client.csproj' />" +
                    "<ProjectReference Include='../CorpSecure.Gateway/CorpSecure.Gateway.csproj' ReferenceOutputAssembly='false' />"),
            ],
        },
        new Rule("Core needs no package, Protocol its one crypto library", PackagesOfPureProjects,
            Project("src/CorpSecure.Core", "<PackageReference Include='BouncyCastle.Cryptography' />"),
            Project("src/CorpSecure.Protocol", "<PackageReference Include='Npgsql' />"),
            Project("src/CorpSecure.Protocol", "<PackageReference Include='BouncyCastle.Cryptography' /><PackageReference Include='NSec.Cryptography' />"),
            Project("src/CorpSecure.Core", "<PackageReference Include='Npgsql' />"),
            Project("src/CorpSecure.Core", "<FrameworkReference Include='Microsoft.AspNetCore.App' />"),
            ("src/CorpSecure.Core/CorpSecure.Core.csproj", "<Project Sdk='Microsoft.NET.Sdk.Web' />"))
        {
            Around = [Project("src/CorpSecure.Protocol", $"<PackageReference Include='{CryptoLibrary}' />")],
        },
        new Rule("Versions of packages stand in one file", ScatteredVersions,
            Project("src/CorpSecure.Core", "<PackageReference Include='Npgsql' Version='10.0.3' />"),
            Project("tests/CorpSecure.Core.Tests", "<PackageReference Include='Npgsql' VersionOverride='9.0.0' />"),
            Project("src/CorpSecure.Core", "<PackageReference Include='Npgsql'><Version>10.0.3</Version></PackageReference>"),
            Project("src/CorpSecure.Core", "<PackageVersion Include='Npgsql' Version='10.0.3' />")),
        new Rule("Warnings stay errors", LoosenedWarnings,
            Project("src/CorpSecure.Core", "</ItemGroup><PropertyGroup><TreatWarningsAsErrors>false</TreatWarningsAsErrors></PropertyGroup><ItemGroup>"),
            Project("src/CorpSecure.Core", "</ItemGroup><PropertyGroup><NoWarn>RS0030</NoWarn></PropertyGroup><ItemGroup>"),
            Project("src/CorpSecure.Core", "</ItemGroup><PropertyGroup><NuGetAudit>false</NuGetAudit></PropertyGroup><ItemGroup>")),
    ];

    private static (string, string) Project(string folder, string items) =>
        ($"{folder}/{Path.GetFileName(folder)}.csproj", $"<Project Sdk='Microsoft.NET.Sdk'><ItemGroup>{items}</ItemGroup></Project>");

    private static IEnumerable<string> ForeignReferences(SourceTree tree)
    {
        foreach (var file in tree.Files("src", ".csproj"))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (!Arrows.TryGetValue(name, out var allowed))
            {
                yield return $"{file}: the design does not know this project";
                continue;
            }

            var document = Document(tree, file);
            foreach (var reference in document.Descendants("ProjectReference"))
            {
                var target = Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/'));
                var orderOnly = name == BuildsOthersFirst && (string?)reference.Attribute("ReferenceOutputAssembly") == "false";
                if (!orderOnly && !allowed.Contains(target))
                    yield return $"{file} references {target}";
            }

            foreach (var reference in document.Descendants("Reference"))
                yield return $"{file} references the assembly {(string?)reference.Attribute("Include")}";
        }
    }

    private static IEnumerable<string> PackagesOfPureProjects(SourceTree tree) =>
        from file in tree.Files("src", ".csproj")
        let name = Path.GetFileNameWithoutExtension(file)
        where name is "CorpSecure.Core" or "CorpSecure.Protocol"
        let document = Document(tree, file)
        from fault in document.Descendants().Where(item => item.Name.LocalName is "PackageReference" or "FrameworkReference")
            .Select(item => (string?)item.Attribute("Include"))
            .Concat((string?)document.Root!.Attribute("Sdk") == "Microsoft.NET.Sdk" ? [] : ["another SDK"])
        where name != "CorpSecure.Protocol" || fault != CryptoLibrary
        select $"{file}: {fault}";

    private static IEnumerable<string> ScatteredVersions(SourceTree tree) =>
        from folder in new[] { "src", "tests" }
        from extension in new[] { ".csproj", ".props", ".targets" }
        from file in tree.Files(folder, extension)
        where file != "src/Directory.Packages.props"
        from item in Document(tree, file).Descendants()
        where item.Name.LocalName == "PackageVersion" || (item.Name.LocalName == "PackageReference"
            && (item.Attribute("Version") is not null || item.Attribute("VersionOverride") is not null || item.Element("Version") is not null))
        select $"{file}: {(string?)item.Attribute("Include")}";

    private static IEnumerable<string> LoosenedWarnings(SourceTree tree) =>
        from folder in new[] { "src", "tests" }
        from file in tree.Files(folder, ".csproj")
        from item in Document(tree, file).Descendants()
        where item.Name.LocalName is "TreatWarningsAsErrors" or "NoWarn" or "WarningsNotAsErrors" or "NuGetAudit" or "Nullable"
        select $"{file}: {item.Name.LocalName}";

    private static XDocument Document(SourceTree tree, string file) => XDocument.Parse(tree.Read(file));
}
