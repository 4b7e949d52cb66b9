using System.Buffers;
using System.Text.Json;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.AddressLimits;
using CorpSecure.Ledger.Entries;
using CorpSecure.Ledger.Sealing;

namespace CorpSecure.Gateway.Decisions;

public readonly record struct RefusalKey(Listener Listener, AddressKey Address, Reason Reason)
{
    /// <summary>Takes all that exceeds the keys of one second.</summary>
    public static readonly RefusalKey Overflow = new(Listener.Api, default, Reasons.RefusalsOverflow);
}

/// <summary>Refusals with one key within one second: one entry.</summary>
public sealed class RefusalBucket(RefusalKey key, Guid id, DateTimeOffset firstAt, string policyVersion)
{
    private long count;
    private readonly DateTimeOffset first = firstAt;
    private DateTimeOffset last = firstAt;

    public Guid Id => id;

    public void Add(DateTimeOffset at)
    {
        count++;
        last = at;
    }

    /// <summary>The address is personal data and goes into the sealed part.</summary>
    public EntryDraft Draft(SubjectCipher cipher, string replica)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("listener", DecisionRecord.Name(key.Listener));
            json.WriteString("verdict", nameof(Verdict.Deny));
            json.WriteString("enforcement", "refuse");
            json.WriteStartArray("reasons");
            json.WriteStringValue(key.Reason.Code);
            json.WriteEndArray();
            json.WriteNumber("status", key.Reason.Status);
            json.WriteNumber("count", count);
            json.WriteString("first", first);
            json.WriteString("last", last);
            json.WriteString("policy", policyVersion);
            json.WriteString("replica", replica);
            json.WriteEndObject();
        }

        var address = JsonSerializer.SerializeToUtf8Bytes(new { address = key.Address.ToString() });
        return new EntryDraft(id, EntryKind.Refusals, first, buffer.WrittenSpan.ToArray()) { Sealed = cipher.Seal(address, id) };
    }
}
