namespace CorpSecure.Client.StepUp;

/// <summary>One challenge of a <c>WWW-Authenticate</c> field (RFC 9110 section 11.6.1).</summary>
internal sealed record AuthenticationChallenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>The value of a parameter; null when it is absent.</summary>
    public string? this[string parameter] => Parameters.GetValueOrDefault(parameter);

    public bool Is(string scheme) => string.Equals(Scheme, scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The challenges of a response. A field that is not exactly of the grammar holds none: nothing is guessed.</summary>
    public static IReadOnlyList<AuthenticationChallenge> Read(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var lines) ? Read(string.Join(", ", lines)) : [];

    public static IReadOnlyList<AuthenticationChallenge> Read(string field) => new ChallengeParser(field).TryParse(out var challenges) ? challenges : [];
}
