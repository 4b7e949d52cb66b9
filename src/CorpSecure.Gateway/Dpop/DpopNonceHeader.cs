using CorpSecure.Gateway.Enforcement;

namespace CorpSecure.Gateway.Dpop;

public static class DpopNonceHeader
{
    /// <summary>Hands out the next nonce where the last one was missing, old or ageing (RFC 9449 section 9).</summary>
    public static void Apply(HttpResponse response, Exchange? exchange)
    {
        if (exchange?.NextNonce is { } nonce)
            response.Headers[CorpSecureHeaders.DpopNonce] = nonce;
    }
}
