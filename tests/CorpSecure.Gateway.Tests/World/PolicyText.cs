namespace CorpSecure.Gateway.Tests.World;

/// <summary>Texts of policies, made from the one that ships.</summary>
public static class PolicyText
{
    public static string Shipped { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "policy.json"));

    /// <summary>An address may ask as much as many tests do.</summary>
    public static string Roomy { get; } = Limited(100_000);

    public static string Limited(int permits) => Shipped.Replace(
        """{ "permits": 300, "window": "00:00:10" }""", $$"""{ "permits": {{permits}}, "window": "01:00:00" }""", StringComparison.Ordinal);
}
