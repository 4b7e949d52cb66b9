using CorpSecure.Protocol.Problems;
using CorpSecure.Protocol.Signatures;
using Microsoft.Extensions.Logging;

namespace CorpSecure.Client.Signatures;

/// <summary>
/// Signs each attempt (RFC 9421, FAPI 2.0 HTTP Signatures) with a fresh nonce. Innermost, so that nothing changes what was signed.
/// </summary>
internal sealed partial class MessageSigningHandler(CorpSecureOptions options, GatewayClock clock, ILogger<MessageSigningHandler> log) : DelegatingHandler
{
    private static readonly FapiRequestProfile Profile = new();
    private readonly MessageSigner? _signer = options.SigningKey is { } key ? new MessageSigner(key) : null;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(RequestSigning.Option, out var signing))
        {
            if (signing.Key is not null)
            {
                Sign(request, new MessageSigner(signing.Key), signing.Tag);
            }
        }
        else if (_signer is not null && (options.SignSafeMethods || !IsSafe(request.Method)))
        {
            Sign(request, _signer, FapiRequestProfile.Tag);
        }
        return base.SendAsync(request, cancellationToken);
    }

    private static bool IsSafe(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Options || method == HttpMethod.Trace;

    private void Sign(HttpRequestMessage request, MessageSigner signer, string tag)
    {
        var shape = new RequestShape(
            HasBody: request.Headers.Contains(HeaderNames.ContentDigest),
            HasDpop: request.Headers.Contains(HeaderNames.Dpop),
            NeedsIdempotencyKey: request.Headers.Contains(HeaderNames.IdempotencyKey));
        if (shape.HasBody && request.Content?.Headers.ContentType is null)
        {
            throw new InvalidOperationException("A request with a body needs a Content-Type: the signature covers it.");
        }
        var parameters = new SignatureParameters { Created = clock.Now, Nonce = SignatureNonce.Create(), Tag = tag };
        var signature = signer.Sign(new OutgoingRequest(request), Profile.Components(shape), parameters);

        // A repeat is signed anew; the fields of the attempt before must go.
        request.Headers.Remove(HeaderNames.SignatureInput);
        request.Headers.Remove(HeaderNames.Signature);
        request.Headers.TryAddWithoutValidation(HeaderNames.SignatureInput, signature.SignatureInput);
        request.Headers.TryAddWithoutValidation(HeaderNames.Signature, signature.Signature);
        if (log.IsEnabled(LogLevel.Debug))
        {
            Signed(SignatureBaseText.Redact(signature.Base));
        }
    }

    [LoggerMessage(7100, LogLevel.Debug, "Signed with the signature base\n{SignatureBase}")]
    private partial void Signed(string signatureBase);
}
