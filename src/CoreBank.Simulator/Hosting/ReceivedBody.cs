using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;

namespace CoreBank.Simulator.Hosting;

/// <summary>A request body, read whole before anything is decided about it: Kestrel refuses one above <see cref="Longest"/>.</summary>
public readonly record struct ReceivedBody(ReadOnlyMemory<byte> Bytes, string Digest)
{
    public const int Longest = 64 * 1024;

    public static readonly ReceivedBody Empty = Of([]);

    public static async ValueTask<ReceivedBody> ReadAsync(HttpContext context)
    {
        var detection = context.Features.Get<IHttpRequestBodyDetectionFeature>();
        if (detection is { CanHaveBody: false })
            return Empty;
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.Length == 0 ? Empty : Of(buffer.ToArray());
    }

    private static ReceivedBody Of(byte[] bytes) => new(bytes, Base64Url.EncodeToString(SHA256.HashData(bytes)));
}
