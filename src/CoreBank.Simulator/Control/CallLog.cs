using System.Buffers;
using System.Text.Json;
using CoreBank.Simulator.Hosting;

namespace CoreBank.Simulator.Control;

/// <summary>
/// What reached the core, in order of arrival. A call is recorded before it has any effect, and where a file is configured its
/// line is with the operating system by then: whatever becomes of the gateway or of this process, no effect goes unrecorded.
/// The file has one line a call and is never rewritten, so its lines carry no later status.
/// </summary>
public sealed class CallLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Entry> _recent = new();
    private readonly int _capacity;
    private readonly FileStream? _file;
    private readonly ArrayBufferWriter<byte> _line = new();
    private long _sequence;

    public CallLog(string? file, int capacity)
    {
        _capacity = capacity;
        // No buffer of our own: each line is one write to the operating system.
        _file = string.IsNullOrEmpty(file)
            ? null
            : new FileStream(file, new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 });
    }

    /// <summary>Records an arrival and returns its sequence. When this throws, nothing may be done for the call.</summary>
    public Entry Record(Call call)
    {
        lock (_gate)
        {
            var entry = new Entry(call with { Sequence = ++_sequence });
            Append(entry.Call);
            if (_recent.Count == _capacity)
                _recent.Dequeue();
            _recent.Enqueue(entry);
            return entry;
        }
    }

    /// <summary>The latest calls, oldest of them first.</summary>
    public IReadOnlyList<Call> Latest(int limit, string? decisionId = null)
    {
        lock (_gate)
        {
            var found = _recent.Select(entry => entry.Call).Where(call => decisionId is null || call.DecisionId == decisionId);
            return [.. found.TakeLast(limit)];
        }
    }

    /// <summary>Forgets the calls. The file keeps them, and sequences go on.</summary>
    public void Clear()
    {
        lock (_gate)
            _recent.Clear();
    }

    public void Dispose() => _file?.Dispose();

    private void Append(Call call)
    {
        if (_file is null)
            return;
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line))
            JsonSerializer.Serialize(json, call, SimulatorJson.Strict.Call);
        _line.Write("\n"u8);
        _file.Write(_line.WrittenSpan);
        _file.Flush(flushToDisk: false);
    }

    /// <summary>A recorded call, to be completed with its status.</summary>
    public sealed class Entry(Call call)
    {
        private Call _call = call;

        public Call Call => Volatile.Read(ref _call);

        public void Complete(int status) => Volatile.Write(ref _call, _call with { Status = status });
    }
}
