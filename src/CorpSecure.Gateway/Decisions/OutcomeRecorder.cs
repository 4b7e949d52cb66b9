using System.Buffers;
using System.Text.Json;
using CorpSecure.Ledger;
using CorpSecure.Ledger.Entries;

namespace CorpSecure.Gateway.Decisions;

/// <summary>What became of a forwarded request.</summary>
public enum OutcomeState
{
    /// <summary>The core answered.</summary>
    Answered,

    /// <summary>The request did not reach the core.</summary>
    Failed,

    /// <summary>It may have reached the core; nobody can tell from here.</summary>
    Unknown,
}

/// <summary>Appends outcomes. A missing one is itself a statement: the outcome is unknown.</summary>
public sealed partial class OutcomeRecorder(DecisionLanes lanes, TimeProvider clock, ILogger<OutcomeRecorder> logger)
{
    /// <summary>Completes when durable, or when that failed: the core has acted, so its answer is passed on all the same.</summary>
    public async Task RecordAsync(Guid decisionId, OutcomeState state, int status)
    {
        try
        {
            await lanes.CommitAsync(new PendingOutcome(new EntryDraft(decisionId, EntryKind.Outcome, clock.GetUtcNow(), Write(state, status))));
        }
        catch (LedgerUnavailableException error)
        {
            LogUnrecorded(decisionId, state, error.Message);
        }
    }

    private static byte[] Write(OutcomeState state, int status)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("state", Name(state));
            if (state == OutcomeState.Answered)
                json.WriteNumber("status", status);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string Name(OutcomeState state) => state switch
    {
        OutcomeState.Answered => "answered",
        OutcomeState.Failed => "failed",
        OutcomeState.Unknown => "unknown",
    };

    [LoggerMessage(2203, LogLevel.Error, "The outcome of {DecisionId} ({State}) could not be recorded: {Error}")]
    private partial void LogUnrecorded(Guid decisionId, OutcomeState state, string error);
}
