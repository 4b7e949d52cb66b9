namespace CorpSecure.Architecture.Tests.Rules;

/// <summary>What lies at the top, and the list of banned symbols.</summary>
internal static class LayoutRules
{
    private static readonly string[] TopLevel =
        ["CorpSecure.sln", "src", "tests", "docker-compose.yml", "README.md", "docs", "LICENSE"];

    private const string BannedSymbols = "src/BannedSymbols.txt";

    private static readonly string[] Banned =
    [
        "P:System.DateTime.Now", "P:System.DateTime.UtcNow", "P:System.DateTimeOffset.Now", "P:System.DateTimeOffset.UtcNow", "T:System.Random",
        "M:System.Threading.Thread.Sleep(System.Int32)", "M:System.Threading.Thread.Sleep(System.TimeSpan)",
        "P:System.Net.Http.HttpClientHandler.ServerCertificateCustomValidationCallback",
        "P:System.Net.Http.HttpClientHandler.DangerousAcceptAnyServerCertificateValidator",
        "P:System.Net.Security.SslClientAuthenticationOptions.RemoteCertificateValidationCallback",
        "P:System.Net.Security.SslServerAuthenticationOptions.RemoteCertificateValidationCallback",
        "P:System.Net.ServicePointManager.ServerCertificateValidationCallback",
        "M:Microsoft.AspNetCore.Server.Kestrel.Https.HttpsConnectionAdapterOptions.AllowAnyClientCertificate",
    ];

    public static readonly Rule[] All =
    [
        new Rule("The top level holds only what was asked for", tree =>
            Directory.EnumerateFileSystemEntries(tree.Root).Select(entry => Path.GetFileName(entry))
                .Where(name => !name.StartsWith('.') && !TopLevel.Contains(name)),
            ("notes.md", ""), ("scripts/build.sh", ""), ("Directory.Build.props", "<Project />"))
        {
            Around = [("CorpSecure.sln", ""), (".editorconfig", "")],
        },
        new Rule("What must stay banned is in the list", tree =>
            Banned.Except(tree.Lines(BannedSymbols).Select(line => line.Split(';')[0])),
            (BannedSymbols, string.Join('\n', Banned.Skip(1))))
        {
            Around = [(BannedSymbols, string.Join('\n', Banned.Select(symbol => symbol + ";because")))],
        },
        new Rule("Every project is in the solution", tree =>
            from folder in new[] { "src", "tests" }
            from file in tree.Files(folder, ".csproj")
            where !tree.Read("CorpSecure.sln").Replace('\\', '/').Contains($"\"{file}\"")
            select file,
            ("src/CorpSecure.Lost/CorpSecure.Lost.csproj", "<Project />"))
        {
            Around =
            [
                ("CorpSecure.sln", "Project(\"{X}\") = \"CorpSecure.Core\", \"src\\CorpSecure.Core\\CorpSecure.Core.csproj\", \"{Y}\""),
                ("src/CorpSecure.Core/CorpSecure.Core.csproj", "<Project />"),
            ],
        },
    ];
}
