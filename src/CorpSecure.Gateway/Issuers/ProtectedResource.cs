using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Own;
using CorpSecure.Gateway.Tokens;
using CorpSecure.Protocol.Dpop;

namespace CorpSecure.Gateway.Issuers;

/// <summary>What a client that knows nothing but the API's address may read (RFC 9728).</summary>
public sealed class ProtectedResource(GatewaySettings settings, TokenIssuers issuers)
{
    public const string Path = "/.well-known/oauth-protected-resource";

    private readonly Dictionary<string, object> document = new()
    {
        ["resource"] = settings.Gateway.Origin,
        ["authorization_servers"] = issuers.OfApi.Select(issuer => issuer.Issuer).ToArray(),
        ["scopes_supported"] = new[] { settings.Gateway.Scope },
        ["bearer_methods_supported"] = new[] { "header" },
        ["resource_name"] = "Corporate banking API",
        ["authorization_details_types_supported"] = new[] { "payment_initiation" },
        ["dpop_signing_alg_values_supported"] = DpopProof.Algorithms,
        // A token that is bound to a certificate is as good, where certificates are asked for.
        ["dpop_bound_access_tokens_required"] = settings.Listeners.Api.ClientCaFile.Length == 0,
        ["tls_client_certificate_bound_access_tokens"] = settings.Listeners.Api.ClientCaFile.Length > 0,
    };

    public IEnumerable<OwnEndpoint> All => [new("oauth-protected-resource", "GET", Path, (_, _) => Task.FromResult(OwnAnswer.Ok(document)))];
}
