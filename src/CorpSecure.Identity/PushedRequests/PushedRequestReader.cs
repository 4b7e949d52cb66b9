using System.Text.Json;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CorpSecure.Identity.PushedRequests;

/// <summary>Reads back what a client has pushed, for the pages between the request and its answer.</summary>
public sealed class PushedRequestReader(IOpenIddictServerFactory factory, IOpenIddictServerDispatcher dispatcher)
{
    private const string Prefix = "urn:ietf:params:oauth:request_uri:";

    /// <returns>Null when there is no such request of this client, or it has been answered.</returns>
    public async Task<OpenIddictRequest?> FindAsync(string clientId, string requestUri, CancellationToken cancellation)
    {
        if (!requestUri.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var transaction = await factory.CreateTransactionAsync();
        transaction.CancellationToken = cancellation;
        var validation = new ValidateTokenContext(transaction)
        {
            Token = requestUri[Prefix.Length..],
            DisableAudienceValidation = true,
            DisablePresenterValidation = true,
            DisableLifetimeValidation = true, // only shown here: the authorization endpoint judges it again
            ValidTokenTypes = { TokenTypeIdentifiers.Private.RequestToken },
        };
        await dispatcher.DispatchAsync(validation);
        if (validation.IsRejected || validation.Principal?.GetClaim(Claims.Private.RequestParameters) is not { } parameters)
            return null;
        using var document = JsonDocument.Parse(parameters);
        var request = new OpenIddictRequest(document.RootElement.Clone());
        return request.ClientId == clientId ? request : null;
    }
}
