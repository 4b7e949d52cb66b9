using System.Text.Json;
using System.Text.Json.Serialization;

namespace CorpSecure.Core.Inputs;

/// <summary>How facts are stored, so that a decision can be replayed.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Facts))]
public sealed partial class FactsJson : JsonSerializerContext
{
    public static byte[] Write(Facts facts) => JsonSerializer.SerializeToUtf8Bytes(facts, Default.Facts);

    /// <exception cref="JsonException">Not stored facts.</exception>
    public static Facts Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Default.Facts) ?? throw new JsonException("stored facts are null");
}
