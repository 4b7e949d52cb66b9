using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Unicode;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace CorpSecure.Gateway.Bodies;

/// <summary>Reads a body once, up to its limit. What is returned is what is verified and what is forwarded.</summary>
public sealed class BodyReader(GatewaySettings settings, TimeProvider clock)
{
    public async Task<ReceivedBody> ReadAsync(HttpContext context, BodyPolicy policy)
    {
        using var late = new CancellationTokenSource(settings.Gateway.BodyTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        var buffer = new ArrayBufferWriter<byte>((int)Math.Clamp(context.Request.ContentLength ?? 4096, 1, policy.Limit + 1));
        try
        {
            while (true)
            {
                var room = buffer.GetMemory(1);
                var read = await context.Request.Body.ReadAsync(room, either.Token);
                if (read == 0)
                    break;
                buffer.Advance(read);
                if (buffer.WrittenCount > policy.Limit)
                    return ReceivedBody.Refused(Reasons.BodyTooLarge);
            }
        }
        catch (Exception error) when (error is BadHttpRequestException or IOException or OperationCanceledException)
        {
            return ReceivedBody.Refused(Reasons.BodyIncomplete);
        }

        if (context.Features.Get<IHttpRequestTrailersFeature>() is { Available: true, Trailers.Count: > 0 })
            return ReceivedBody.Refused(Reasons.HeaderForbidden); // nothing that comes after the signature was verified counts
        return buffer.WrittenCount == 0 ? ReceivedBody.Refused(Reasons.BodyMissing) : new ReceivedBody(buffer.WrittenMemory, null, null);
    }
}

/// <param name="Place">Where in the body the fault lies.</param>
public sealed record ReceivedBody(ReadOnlyMemory<byte> Bytes, Reason? Fault, string? Place)
{
    private static readonly byte[] EmptyDigest = SHA256.HashData([]);

    /// <summary>SHA-256 of the exact bytes, base64url.</summary>
    public string Digest { get; } = Base64Url.EncodeToString(Bytes.IsEmpty ? EmptyDigest : SHA256.HashData(Bytes.Span));

    public static readonly ReceivedBody None = new(ReadOnlyMemory<byte>.Empty, null, null);

    public static ReceivedBody Refused(Reason fault, string? place = null) => new(ReadOnlyMemory<byte>.Empty, fault, place);

    public BodyFacts Facts => new() { Fault = Fault?.Code, Place = Place, Length = Bytes.Length, Digest = Digest };
}
