using System.Text.Json.Nodes;

namespace CorpSecure.Gateway.Ops;

/// <summary>Hides what a reviewer need not see: account numbers, persons, addresses and targets keep their ends only.</summary>
public static class FactsMask
{
    private static readonly HashSet<string> Masked = ["account", "person", "address", "target", "idempotencyKey", "nonce", "tokenId", "session"];

    public static JsonNode? Apply(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToArray())
                    members[name] = Masked.Contains(name) && value is JsonValue text ? Mask(text.ToString()) : Apply(value)?.DeepClone();
                break;
            case JsonArray items:
                foreach (var item in items)
                    Apply(item);
                break;
        }

        return node;
    }

    private static string Mask(string text) => text.Length <= 4 ? "****" : $"****{text[^4..]}";
}
