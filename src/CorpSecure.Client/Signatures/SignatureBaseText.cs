namespace CorpSecure.Client.Signatures;

/// <summary>A signature base without its secrets, for the log.</summary>
internal static class SignatureBaseText
{
    private static readonly string[] Secret = ["\"authorization\"", "\"dpop\""];

    public static string Redact(string signatureBase) =>
        string.Join('\n', signatureBase.Split('\n').Select(line =>
            Secret.FirstOrDefault(name => line.StartsWith(name, StringComparison.Ordinal)) is { } name ? $"{name}: [redacted]" : line));
}
