using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>Lets a client of ours act as someone: a token, and a proof for each request.</summary>
public sealed class ProvingHandler(GatewayWorld world, string name) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = People.Token(world, name);
        request.Headers.Authorization = new("DPoP", token);
        request.Headers.Remove(HeaderNames.Dpop);
        request.Headers.Add(HeaderNames.Dpop, DpopProof.Create(
            ProofKeys.Of(name), ProofKeys.Claims(world, request.Method.Method, request.RequestUri!.AbsoluteUri, token, world.Clock.GetUtcNow())));
        return base.SendAsync(request, cancellationToken);
    }
}
