namespace CoreBank.Simulator.Hosting;

public static class Health
{
    /// <summary>The one address that asks for no assertion: active health checks come without a decision. TLS still asks for the certificate.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/health", () => Answers.Ok(new HealthView("healthy"), SimulatorJson.Strict.HealthView)).WithMetadata(NeedsNoAssertion.Marker);

    /// <summary>On the control listener it asks for neither token nor certificate, and tells one word.</summary>
    public static void UseLiveness(this IApplicationBuilder app) => app.Map("/health", live => live.Run(context => context.Response.WriteAsync("ok\n")));
}

public sealed record HealthView(string Status);

public sealed class NeedsNoAssertion
{
    public static readonly NeedsNoAssertion Marker = new();
}
