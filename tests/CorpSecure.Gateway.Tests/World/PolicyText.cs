namespace CorpSecure.Gateway.Tests.World;

/// <summary>Texts of policies, made from the one that ships.</summary>
public static class PolicyText
{
    public static string Shipped { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "policy.json"));

    /// <summary>An address may ask as much as many tests do.</summary>
    public static string Roomy { get; } = Limited(100_000);

    /// <summary>So many requests of an address in an hour, and no other limit.</summary>
    public static string Limited(int permits) => WithLimits(Address(permits));

    public static string Address(int permits) => $$"""{ "name": "address", "per": "address", "kind": "fixed", "permits": {{permits}}, "window": "01:00:00" }""";

    /// <summary>Other limits of the API listener than those that ship; the ops listener has room.</summary>
    public static string WithLimits(params string[] limits) =>
        Shipped[..Shipped.IndexOf("\"rateLimits\"", StringComparison.Ordinal)]
        + $$"""
            "rateLimits": [ {{string.Join(",\n", limits)}} ],
              "opsRateLimits": [ {{Address(100_000)}}, { "name": "user", "per": "user", "kind": "concurrency", "permits": 1000 } ]
            }
            """;
}
