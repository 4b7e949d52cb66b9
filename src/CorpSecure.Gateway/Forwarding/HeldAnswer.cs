using Microsoft.AspNetCore.Http.Features;

namespace CorpSecure.Gateway.Forwarding;

/// <summary>Keeps an answer back until its outcome is recorded. One that is longer than its bound is let through as it comes.</summary>
public sealed class HeldAnswer : StreamResponseBodyFeature
{
    private readonly HoldingStream stream;
    private readonly HttpContext context;
    private readonly IHttpResponseBodyFeature original;

    private HeldAnswer(HttpContext context, IHttpResponseBodyFeature original, HoldingStream stream)
        : base(stream)
    {
        this.context = context;
        this.original = original;
        this.stream = stream;
    }

    public static HeldAnswer Take(HttpContext context, int bound)
    {
        var original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var held = new HeldAnswer(context, original, new HoldingStream(original.Stream, bound));
        context.Features.Set<IHttpResponseBodyFeature>(held);
        return held;
    }

    /// <summary>Headers wait with the body.</summary>
    public override Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public override Task CompleteAsync() => Task.CompletedTask;

    public async Task ReleaseAsync()
    {
        context.Features.Set(original);
        await stream.ReleaseAsync(context.RequestAborted);
    }

    /// <summary>Forgets what came, so that another answer can be given.</summary>
    public void Discard() => context.Features.Set(original);
}

/// <summary>Collects up to a bound; from there on it writes through.</summary>
internal sealed class HoldingStream(Stream inner, int bound) : Stream
{
    private readonly MemoryStream held = new();
    private bool through;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        through = true;
        held.Position = 0;
        await held.CopyToAsync(inner, cancellation);
        await inner.FlushAsync(cancellation);
        held.SetLength(0);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!through && held.Length + buffer.Length > bound)
            await ReleaseAsync(cancellationToken);
        if (through)
            await inner.WriteAsync(buffer, cancellationToken);
        else
            held.Write(buffer.Span);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => through ? inner.FlushAsync(cancellationToken) : Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("write asynchronously");
}
