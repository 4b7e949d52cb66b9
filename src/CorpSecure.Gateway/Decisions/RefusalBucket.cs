using System.Buffers;
using System.Text.Json;
using CorpSecure.Core.Decisions;
using CorpSecure.Gateway.RateLimits;
using CorpSecure.Ledger.Entries;
using CorpSecure.Ledger.Sealing;

namespace CorpSecure.Gateway.Decisions;

/// <summary>Refusals, or allowed reads of what is public, with one key within one second: one entry.</summary>
public sealed class RefusalBucket(RefusalKey key, AddressKey address, Guid id, DateTimeOffset firstAt, string policyVersion)
{
    private long count;
    private readonly DateTimeOffset first = firstAt;
    private DateTimeOffset last = firstAt;

    public Guid Id => id;

    public RefusalKey Key => key;

    public void Add(DateTimeOffset at)
    {
        count++;
        last = at;
    }

    /// <summary>The address, of someone known the first one, is personal data and goes into the sealed part.</summary>
    public EntryDraft Draft(SubjectCipher cipher, string replica)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("listener", DecisionRecord.Name(key.Listener));
            if (key.IsKnown)
            {
                json.WriteString("client", key.Client);
                json.WriteString("subject", key.Subject);
            }

            if (key.Limit is { } limit)
                json.WriteString("limit", limit);
            if (key.Route is { } route)
                json.WriteString("route", route);
            json.WriteString("verdict", key.IsAllowed ? nameof(Verdict.Allow) : nameof(Verdict.Deny));
            json.WriteString("enforcement", key.IsAllowed ? "forward" : "refuse");
            json.WriteStartArray("reasons");
            if (!key.IsAllowed)
                json.WriteStringValue(key.Reason.Code);
            json.WriteEndArray();
            if (!key.IsAllowed)
                json.WriteNumber("status", key.Reason.Status);
            json.WriteNumber("count", count);
            json.WriteString("first", first);
            json.WriteString("last", last);
            json.WriteString("policy", policyVersion);
            json.WriteString("replica", replica);
            json.WriteEndObject();
        }

        var personal = JsonSerializer.SerializeToUtf8Bytes(new { address = address.ToString(), limit = key.Limit });
        return new EntryDraft(id, EntryKind.Refusals, first, buffer.WrittenSpan.ToArray()) { Sealed = cipher.Seal(personal, id) };
    }
}
