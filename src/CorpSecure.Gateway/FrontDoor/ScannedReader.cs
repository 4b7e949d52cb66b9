using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace CorpSecure.Gateway.FrontDoor;

/// <summary>
/// Shows the server what the scanner let through, without copying it. Where that ends, the server is shown bytes that its parser refuses
/// wherever it stands: so earlier requests are answered first, the answer is the server's own bare 400, and it is counted like any other.
/// </summary>
internal sealed class ScannedReader(PipeReader inner) : PipeReader
{
    // No request line, no header, no chunk size, no end of a chunk.
    private static readonly ReadOnlySequence<byte> Nonsense = new("\0\0\r\n"u8.ToArray());

    private readonly MessageScanner scanner = new();
    private ReadOnlySequence<byte> shown;
    private long taken; // of what the server has not consumed
    private bool stuck; // the server wants more than may be shown
    private bool ended;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (ended)
            return new(End());
        var reading = inner.ReadAsync(cancellationToken);
        return reading.IsCompletedSuccessfully ? new(Show(reading.Result)) : ShowAsync(reading);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (ended)
        {
            result = End();
            return true;
        }

        if (!inner.TryRead(out result))
            return false;
        result = Show(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var count = shown.Slice(0, consumed).Length;
        if (ended)
        {
            shown = shown.Slice(count);
            return;
        }

        stuck = scanner.IsOver && count == 0 && shown.Slice(examined).IsEmpty;
        taken -= count;
        if (taken < 0)
            scanner.Refuse(); // the server went on before the line had ended: no common reading is left
        taken = Math.Max(taken, 0);
        inner.AdvanceTo(consumed, scanner.IsOver ? consumed : examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ShowAsync(ValueTask<ReadResult> reading) => Show(await reading);

    private ReadResult Show(ReadResult read)
    {
        shown = read.Buffer;
        if (!scanner.IsOver)
            taken += scanner.Take(shown.Slice(taken));
        if (!scanner.IsOver)
            return read;
        if (taken > 0 && !stuck)
        {
            shown = shown.Slice(0, taken);
            return new ReadResult(shown, read.IsCanceled, isCompleted: false);
        }

        inner.AdvanceTo(read.Buffer.End);
        ended = true;
        shown = Nonsense;
        return End();
    }

    // Only complete once it was read: an end of input in the middle of a message would make the server break off without an answer.
    private ReadResult End() => new(shown, isCanceled: false, isCompleted: shown.IsEmpty);
}
