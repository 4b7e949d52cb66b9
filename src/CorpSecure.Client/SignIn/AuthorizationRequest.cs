using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CorpSecure.Client.SignIn;

/// <summary>
/// One authorization request and the only response it accepts: code flow with PKCE S256 (RFC 7636), <c>state</c>
/// (RFC 6749 section 4.1.1) and the issuer in the response (RFC 9207); handed in beforehand where the server takes it (RFC 9126).
/// Use one instance for one sign-in.
/// </summary>
public sealed class AuthorizationRequest
{
    private readonly string _issuer;
    private readonly Uri _endpoint;
    private readonly string _state = RandomText.Create(16);

    /// <summary>Composes a request.</summary>
    /// <param name="metadata">The authorization server.</param>
    /// <param name="clientId">The OAuth client.</param>
    /// <param name="redirectUri">Where the response goes.</param>
    /// <param name="scope">The scope, values separated by spaces.</param>
    /// <param name="acrValues">The assurance asked for (RFC 9470), or none for the server's own choice.</param>
    /// <param name="maximumAge">How long ago the user may have signed in at most; null when that is no matter.</param>
    /// <exception cref="SignInException">The server has no authorization endpoint.</exception>
    public AuthorizationRequest(
        ProviderMetadata metadata, string clientId, Uri redirectUri, string scope, string? acrValues = null, TimeSpan? maximumAge = null)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(redirectUri);
        _endpoint = metadata.AuthorizationEndpoint
            ?? throw new SignInException("invalid_metadata", $"{metadata.Issuer} has no authorization endpoint.");
        _issuer = metadata.Issuer;
        RedirectUri = redirectUri;
        Parameters = new[]
        {
            KeyValuePair.Create("response_type", "code"),
            KeyValuePair.Create("client_id", clientId),
            KeyValuePair.Create("redirect_uri", redirectUri.AbsoluteUri),
            KeyValuePair.Create("scope", scope),
            KeyValuePair.Create("state", _state),
            KeyValuePair.Create("code_challenge", Proof.Challenge),
            KeyValuePair.Create("code_challenge_method", "S256"),
            KeyValuePair.Create("acr_values", acrValues ?? ""),
            KeyValuePair.Create("max_age", maximumAge is { } age ? ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture) : ""),
        }.Where(parameter => parameter.Value.Length > 0).ToDictionary();
        Address = AddressWith([.. Parameters.Select(parameter => (parameter.Key, parameter.Value))]);
    }

    /// <summary>The address to open in the user's browser.</summary>
    public Uri Address { get; private set; }

    /// <summary>The address the response comes back to.</summary>
    public Uri RedirectUri { get; }

    internal ProofKey Proof { get; } = ProofKey.Create();

    internal IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>From now on the browser carries nothing but the handle that the server gave (RFC 9126 section 4).</summary>
    internal void PushedAs(string requestUri) =>
        Address = AddressWith([("client_id", Parameters["client_id"]), ("request_uri", requestUri)]);

    /// <summary>Whether the response answers this request, compared in constant time. Says nothing about success.</summary>
    /// <param name="query">The query of the redirect, without the question mark.</param>
    public bool IsAnsweredBy(string query) =>
        FormText.Read(query).TryGetValue("state", out var state)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(_state));

    /// <summary>Checks the response and takes the code out of it.</summary>
    /// <param name="query">The query of the redirect, without the question mark.</param>
    /// <returns>The authorization code. A secret until it is spent.</returns>
    /// <exception cref="SignInException">
    /// The response is not this request's (<c>state_mismatch</c>), comes from another issuer (<c>issuer_mismatch</c>),
    /// or is the server's refusal (its own code, such as <c>access_denied</c>).
    /// </exception>
    public string ReadResponse(string query)
    {
        if (!IsAnsweredBy(query))
        {
            throw new SignInException("state_mismatch", "The response does not belong to this sign-in.");
        }
        var response = FormText.Read(query);
        // RFC 9207 section 2.4: compare before anything else of the response is used, errors included.
        if (!response.TryGetValue("iss", out var issuer) || !string.Equals(issuer, _issuer, StringComparison.Ordinal))
        {
            throw new SignInException("issuer_mismatch", $"The response comes from '{issuer ?? "nobody named"}', not from '{_issuer}'.");
        }
        if (response.TryGetValue("error", out var error))
        {
            throw new SignInException(error, $"{_issuer} refused: {response.GetValueOrDefault("error_description", error)}");
        }
        return response.TryGetValue("code", out var code) && code.Length > 0
            ? code
            : throw new SignInException("invalid_response", "The response holds no authorization code.");
    }

    private Uri AddressWith(ReadOnlySpan<(string Name, string? Value)> query) => new UriBuilder(_endpoint) { Query = FormText.Write(query) }.Uri;

    /// <summary>Names the redirect, never state or verifier.</summary>
    public override string ToString() => $"AuthorizationRequest({_issuer}, {RedirectUri})";
}
