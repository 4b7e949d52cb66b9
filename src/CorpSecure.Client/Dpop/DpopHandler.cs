using System.Net;
using CorpSecure.Client.StepUp;
using CorpSecure.Protocol.Problems;
using Microsoft.Extensions.Logging;

namespace CorpSecure.Client.Dpop;

/// <summary>
/// Gives each attempt a fresh proof for its access token (RFC 9449 section 7), and repeats it once where the gateway asks for its
/// nonce (section 9). Before the signature, which covers the proof.
/// </summary>
internal sealed partial class DpopHandler(DpopProver? prover, ILogger<DpopHandler> log) : DelegatingHandler
{
    private const string NonceWanted = "use_dpop_nonce";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove(HeaderNames.Dpop);
        if (prover is null)
        {
            return await base.SendAsync(request, cancellationToken);
        }
        var (response, isNew) = await AttemptAsync(prover, request, cancellationToken);
        if (!isNew || !WantsNonce(response))
        {
            return response;
        }
        response.Dispose();
        Repeating();
        // The second answer stands: a gateway that refuses its own nonce would have it so for ever.
        return (await AttemptAsync(prover, request, cancellationToken)).Response;
    }

    private async Task<(HttpResponseMessage Response, bool GaveNonce)> AttemptAsync(
        DpopProver proofs, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var target = request.RequestUri!;
        request.Headers.Remove(HeaderNames.Dpop);
        request.Headers.TryAddWithoutValidation(HeaderNames.Dpop, proofs.Prove(request.Method, target, request.Headers.Authorization?.Parameter));
        var response = await base.SendAsync(request, cancellationToken);
        return (response, proofs.Learn(target, response.Headers));
    }

    private static bool WantsNonce(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.Unauthorized
        && AuthenticationChallenge.Read(response).Any(challenge => challenge.Is("DPoP") && challenge["error"] == NonceWanted);

    [LoggerMessage(7110, LogLevel.Debug, "The gateway asks for its nonce in the proof; repeating the request once")]
    private partial void Repeating();
}
