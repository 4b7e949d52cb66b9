using System.Text.Json;
using System.Text.RegularExpressions;

namespace CorpSecure.Gateway.Tests.Logs;

/// <summary>Looks in every line for what must be in none: the values a test knows, and whatever has the form of a secret.</summary>
public sealed partial class LogScan(IReadOnlyDictionary<string, string> secrets)
{
    private static readonly (string Name, Regex Form)[] Forms =
    [
        ("a token", Jwt()), ("a private key", Pem()), ("an IBAN", Iban()), ("a password", Password()), ("a query string", Query()),
        ("an account", Account()), ("a signature", Signature()), ("an amount", Amount()), ("an authorization", Authorization()),
    ];

    public IReadOnlyList<string> Findings(IEnumerable<string> lines) => [.. lines.SelectMany(Findings)];

    private IEnumerable<string> Findings(string line)
    {
        if (line.Length == 0)
            yield break;
        var text = line + '\n' + Decoded(line);
        foreach (var (name, value) in secrets)
        {
            if (text.Contains(value, StringComparison.OrdinalIgnoreCase))
                yield return $"{name}: {line}";
        }

        foreach (var (name, form) in Forms)
        {
            if (form.IsMatch(text))
                yield return $"{name}: {line}";
        }
    }

    /// <summary>The line's values as they were before they were escaped.</summary>
    private static string Decoded(string line)
    {
        using var json = JsonDocument.Parse(line);
        return string.Join('\n', Values(json.RootElement));
    }

    private static IEnumerable<string> Values(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Values(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Values),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}")]
    private static partial Regex Jwt();

    [GeneratedRegex("PRIVATE KEY")]
    private static partial Regex Pem();

    [GeneratedRegex(@"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b")]
    private static partial Regex Iban();

    [GeneratedRegex(@"\b(password|pwd|secret)\s*[=:]\s*\S", RegexOptions.IgnoreCase)]
    private static partial Regex Password();

    [GeneratedRegex(@"\?[A-Za-z_]+=")]
    private static partial Regex Query();

    [GeneratedRegex(@"\bacc-[a-z]+-\d+")]
    private static partial Regex Account();

    [GeneratedRegex("=:[A-Za-z0-9+/]{40,}=*:")]
    private static partial Regex Signature();

    [GeneratedRegex(@"""?amount""?\s*[:=]", RegexOptions.IgnoreCase)]
    private static partial Regex Amount();

    [GeneratedRegex(@"\b(Bearer|DPoP|Basic) \S{8,}")]
    private static partial Regex Authorization();
}
