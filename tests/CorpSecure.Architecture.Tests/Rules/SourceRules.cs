using System.Text.RegularExpressions;

namespace CorpSecure.Architecture.Tests.Rules;

/// <summary>What stands in source files, line by line.</summary>
internal static partial class SourceRules
{
    /// <summary>These refuse more than the platform does (revoked certificates, other purposes), never less, as tests of theirs show.</summary>
    private static readonly string[] RefusesMore = ["src/CorpSecure.Gateway/Hosting/Listeners.cs:", "src/CorpSecure.Identity/Mtls/MtlsListener.cs:"];

    private const int LongestFile = 300;
    private const int DeepestFolder = 3;

    public static readonly Rule[] All =
    [
        new Rule("No source file has more than 300 lines",
            tree => tree.Sources("src", "tests").Where(file => tree.Lines(file).Length > LongestFile),
            ("src/A/Long.cs", new string('\n', LongestFile + 1))),
        new Rule("Folders are at most three deep below their project",
            tree => tree.Sources("src", "tests").Where(file => file.Split('/').Length - 3 > DeepestFolder),
            ("src/A/B/C/D/E/Deep.cs", "")),
        new Rule("No regions and nothing left to do", tree => Matching(tree, Leftover(), "src", "tests"),
            ("src/A/X.cs", "    #region Fields"), ("src/A/X.cs", "// TODO: later"), ("tests/A/X.cs", "// FIXME"), ("src/A/X.cs", "// HACK around it")),
        new Rule("Nobody turns certificate validation off or replaces it", tree => Matching(tree, CertificateCallback(), "src", "tests").Where(place => !RefusesMore.Any(file => place.StartsWith(file, StringComparison.Ordinal))),
            ("src/A/X.cs", "options.RemoteCertificateValidationCallback = (_, _, _, _) => true;"),
            ("tests/A/X.cs", "handler.ServerCertificateCustomValidationCallback = Accept;"),
            ("src/A/X.cs", "HttpClientHandler.DangerousAcceptAnyServerCertificateValidator"),
            ("src/A/X.cs", "https.AllowAnyClientCertificate();"),
            ("src/A/X.cs", "https.ClientCertificateValidation = (_, _, _) => true;"),
            ("src/A/X.cs", "\"Host=db;SSL Mode=Require;Trust Server Certificate=true\""),
            ("src/A/X.cs", "policy.VerificationFlags = X509VerificationFlags.AllFlags;")),
        new Rule("The analyzer's bans are not lifted", tree => Matching(tree, LiftedBan(), "src", "tests"),
            ("src/A/X.cs", "#pragma warning disable RS0030"), ("src/A/X.cs", "[SuppressMessage(\"ApiDesign\", \"RS0030\")]")),
        new Rule("Tests wait for events, never for time to pass", tree => Matching(tree, Sleep(), "tests"),
            ("tests/A/X.cs", "await Task.Delay(100);"), ("tests/A/X.cs", "Thread.Sleep(100);")),
        new Rule("Types are named for what they are", tree => Matching(tree, EmptyName(), "src"),
            ("src/A/X.cs", "internal sealed class TokenManager"), ("src/A/X.cs", "public static class JsonHelper"),
            ("src/A/X.cs", "static class StringUtils"), ("src/A/X.cs", "public sealed record RequestProcessor(int N);"),
            ("src/A/X.cs", "class ClockImpl"), ("src/A/X.cs", "sealed class DefaultClock"), ("src/A/X.cs", "class Service"),
            ("src/A/X.cs", "interface IService"), ("src/A/X.cs", "class LaneWriterV2"), ("src/A/X.cs", "readonly record struct BaseToken;")),
        new Rule("Reasons are made in one place", tree => Matching(tree, MadeReason(), "src").Where(place => !place.StartsWith("src/CorpSecure.Core/Decisions/Reasons.cs", StringComparison.Ordinal)),
            ("src/CorpSecure.Gateway/X.cs", "return new Reason(\"made.up\", 400, \"Made up\");")),
        new Rule("Every log message has a number of its own, in its project's block", EventNumbers,
            ("src/CorpSecure.Ledger/Y.cs", "[LoggerMessage(1001, LogLevel.Error, \"again\")]"),
            ("src/CorpSecure.Gateway/Y.cs", "[LoggerMessage(1002, LogLevel.Error, \"another's block\")]"),
            ("src/CorpSecure.Ledger/Y.cs", "[LoggerMessage(LogLevel.Error, \"without a number\")]"),
            ("src/CorpSecure.Unheard/Y.cs", "[LoggerMessage(EventId = 9001, Level = LogLevel.Error)]"))
        {
            Around = [("src/CorpSecure.Ledger/X.cs", "[LoggerMessage(1001, LogLevel.Error, \"one\")]\n[LoggerMessage(EventId = 1002, Level = LogLevel.Error)]")],
        },
    ];

    /// <summary>Thousands.</summary>
    private static readonly Dictionary<string, int> Blocks = new()
    {
        ["CorpSecure.Ledger"] = 1,
        ["CorpSecure.Gateway"] = 2,
        ["CorpSecure.Identity"] = 3,
        ["CorpSecure.Notary"] = 4,
        ["CorpSecure.Console"] = 5,
        ["CoreBank.Simulator"] = 6,
        ["CorpSecure.Client"] = 7,
        ["CorpSecure.Client.Ops"] = 8,
        ["CorpSecure.DevHost"] = 9,
    };

    private static IEnumerable<string> Matching(SourceTree tree, Regex forbidden, params string[] folders) =>
        from file in tree.Worded(folders)
        from line in tree.Lines(file).Index()
        where forbidden.IsMatch(line.Item)
        select $"{file}:{line.Index + 1}: {line.Item.Trim()}";

    private static IEnumerable<string> EventNumbers(SourceTree tree)
    {
        var seen = new Dictionary<int, string>();
        foreach (var file in tree.Worded("src"))
        {
            foreach (Match message in LogMessage().Matches(tree.Read(file)))
            {
                if (!int.TryParse(message.Groups["id"].Value, out var id))
                    yield return $"{file}: a log message without a number";
                else if (!Blocks.TryGetValue(file.Split('/')[1], out var block) || id / 1000 != block)
                    yield return $"{file}: {id} is not in this project's block";
                else if (!seen.TryAdd(id, file))
                    yield return $"{file}: {id} stands in {seen[id]} too";
            }
        }
    }

    [GeneratedRegex(@"^\s*#\s*region|\b(TODO|FIXME|HACK)\b")]
    private static partial Regex Leftover();

    [GeneratedRegex(@"(RemoteCertificateValidation|ServerCertificateCustomValidation|ServerCertificateValidation)Callback|DangerousAcceptAny|AllowAnyClientCertificate|\bClientCertificateValidation\b|Trust\s?Server\s?Certificate|X509VerificationFlags\.(AllFlags|AllowUnknown)")]
    private static partial Regex CertificateCallback();

    [GeneratedRegex(@"(pragma|SuppressMessage).*RS0030")]
    private static partial Regex LiftedBan();

    // A wait without end is not a sleep: it is ended by an event.
    [GeneratedRegex(@"Task\.Delay\((?!Timeout\.Infinite)|Thread\.Sleep\(")]
    private static partial Regex Sleep();

    // "Signature base" is what RFC 9421 (section 2.5) calls it.
    [GeneratedRegex(@"\b(class|record|struct|interface|enum)\s+(\w+(Manager|Helpers?|Utils?|Processor|Impl|V\d+)|(?!SignatureBase\b)\w*Base|Default[A-Z]\w*|Base[A-Z]\w*|I?Service)\b")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"\bnew Reason\(")]
    private static partial Regex MadeReason();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(EventId\s*=\s*)?(?<id>\d+)?")]
    private static partial Regex LogMessage();
}
