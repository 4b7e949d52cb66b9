using System.Collections.Immutable;
using System.Text.Json;

namespace CorpSecure.Identity.Tokens;

/// <summary>What tokens of the client credentials grant say about a client; stored among the application's properties.</summary>
public sealed record OAuthClientFacts(string? Client, string? Subject, string? Person, IReadOnlyList<string> Roles)
{
    private const string Property = "corpsecure";

    public void Store(IDictionary<string, JsonElement> properties) => properties[Property] = JsonSerializer.SerializeToElement(this);

    public static OAuthClientFacts Of(ImmutableDictionary<string, JsonElement> properties) =>
        properties.TryGetValue(Property, out var stored) ? stored.Deserialize<OAuthClientFacts>()! : new OAuthClientFacts(null, null, null, []);
}
