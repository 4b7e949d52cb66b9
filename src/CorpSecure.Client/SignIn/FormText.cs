namespace CorpSecure.Client.SignIn;

/// <summary>Names and values in <c>application/x-www-form-urlencoded</c>, as OAuth puts them in queries.</summary>
internal static class FormText
{
    public static string Write(params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var parts = new List<string>(fields.Length);
        foreach (var (name, value) in fields)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parts.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}");
            }
        }
        return string.Join('&', parts);
    }

    /// <summary>RFC 6749 section 3.1: a parameter must not come twice; a response that does so is refused.</summary>
    public static Dictionary<string, string> Read(string query)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? part : part[..equals]);
            if (!fields.TryAdd(name, equals < 0 ? "" : Decode(part[(equals + 1)..])))
            {
                throw new SignInException("invalid_response", $"The response holds '{name}' twice.");
            }
        }
        return fields;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
