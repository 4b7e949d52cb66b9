using System.Buffers.Text;
using System.Text.Json;

namespace CorpSecure.Gateway.Ops;

/// <summary>How far each lane has been read.</summary>
public sealed record LaneCursor(IReadOnlyDictionary<string, long> Counters)
{
    public string Write() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(Counters));

    public static bool TryRead(string text, out LaneCursor? cursor)
    {
        cursor = null;
        try
        {
            if (JsonSerializer.Deserialize<Dictionary<string, long>>(Base64Url.DecodeFromChars(text)) is { } counters)
                cursor = new LaneCursor(counters);
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            return false; // not a cursor of ours
        }

        return cursor is not null;
    }
}
