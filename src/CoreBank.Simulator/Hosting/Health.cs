namespace CoreBank.Simulator.Hosting;

public static class Health
{
    /// <summary>The one address that asks for no assertion: active health checks come without a decision. TLS still asks for the certificate.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/health", () => Answers.Ok(new HealthView("healthy"), SimulatorJson.Strict.HealthView)).WithMetadata(NeedsNoAssertion.Marker);
}

public sealed record HealthView(string Status);

public sealed class NeedsNoAssertion
{
    public static readonly NeedsNoAssertion Marker = new();
}
