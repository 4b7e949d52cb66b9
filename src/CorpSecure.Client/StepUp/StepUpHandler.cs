using CorpSecure.Client.Tokens;
using Microsoft.Extensions.Logging;

namespace CorpSecure.Client.StepUp;

/// <summary>
/// Has the user sign in as the gateway's challenge wants it, then repeats the request once with the new token, under the same
/// idempotency key (RFC 9470 section 5).
/// </summary>
internal sealed partial class StepUpHandler(StepUpSignIn? signIn, ILogger<StepUpHandler> log) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (signIn is null || StepUpChallenge.Of(response) is not { } challenge)
        {
            return response;
        }
        Challenged(challenge);
        request.Options.TryGetValue(AccessTokenHandler.Sent, out var refused);
        if (!await signIn(challenge with { Refused = refused }, cancellationToken))
        {
            return response;
        }
        response.Dispose();
        // The second answer stands, whatever it is.
        return await base.SendAsync(request, cancellationToken);
    }

    [LoggerMessage(7120, LogLevel.Information, "The gateway asks for {Challenge}")]
    private partial void Challenged(StepUpChallenge challenge);
}
