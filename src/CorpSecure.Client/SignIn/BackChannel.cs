using CorpSecure.Client.Dpop;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Client.SignIn;

/// <summary>
/// Forms that one client sends to one authorization server itself: authenticated, and with a DPoP proof where tokens are to be bound to
/// a key. Where the server asks for its nonce the form is sent once more, proof and assertion made afresh (RFC 9449 section 8).
/// </summary>
internal sealed class BackChannel(HttpClient http, ProviderMetadata metadata, OAuthClient client, TimeProvider time, DpopProver? prover)
{
    private const string NonceWanted = "use_dpop_nonce";

    public bool BindsToKey => prover is not null;

    public string Issuer => metadata.Issuer;

    /// <summary>The form's answer, when the server granted what it asks.</summary>
    /// <exception cref="SignInException">The server refused; <c>use_dpop_nonce</c> when it refuses the nonce that it gave.</exception>
    public async Task<ServerAnswer> SendAsync(Uri endpoint, IReadOnlyDictionary<string, string> form, bool proven, CancellationToken cancellationToken)
    {
        var (answer, hasNonce) = await AttemptAsync(endpoint, form, proven, cancellationToken);
        if (proven && hasNonce && answer.Error == NonceWanted)
        {
            answer.Dispose();
            (answer, _) = await AttemptAsync(endpoint, form, proven, cancellationToken);
        }
        try
        {
            answer.EnsureGranted();
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>
    /// An endpoint as this client must reach it: where the client shows its certificate, or tokens are bound to that for want of a key,
    /// it is the one that asks for certificates.
    /// </summary>
    public Uri? Endpoint(Func<ProviderEndpoints, Uri?> select, bool bindsTokens)
    {
        var showsCertificate = client.IsByCertificate || (bindsTokens && prover is null);
        return showsCertificate && metadata.MtlsAliases is { } aliases && select(aliases) is { } alias ? alias : select(metadata.Endpoints);
    }

    private async Task<(ServerAnswer Answer, bool HasNonce)> AttemptAsync(
        Uri endpoint, IReadOnlyDictionary<string, string> form, bool proven, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new FormUrlEncodedContent(form.Concat(client.Credentials(metadata.Issuer, time.GetUtcNow()))),
        };
        if (proven && prover is not null)
        {
            request.Headers.TryAddWithoutValidation(HeaderNames.Dpop, prover.Prove(HttpMethod.Post, endpoint, accessToken: null));
        }
        using var response = await http.SendAsync(request, cancellationToken);
        var hasNonce = prover?.Learn(endpoint, response.Headers) ?? false;
        return (await ServerAnswer.ReadAsync(response, endpoint, cancellationToken), hasNonce);
    }
}
