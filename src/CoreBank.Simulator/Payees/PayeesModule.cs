using CoreBank.Simulator.Hosting;

namespace CoreBank.Simulator.Payees;

public static class PayeesModule
{
    public static void MapPayees(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/corporate/v1/payees", (HttpContext context) =>
            Answers.Ok(new PayeeList(context.Client().Payees), SimulatorJson.Strict.PayeeList));
}

public sealed record PayeeList(IReadOnlyList<Payee> Payees);
