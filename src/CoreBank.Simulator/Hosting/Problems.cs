namespace CoreBank.Simulator.Hosting;

/// <summary>Refusals that more than one capability gives.</summary>
public static class Problems
{
    public static readonly Problem BadPage = new(400, "request.page-invalid", "limit is a whole number from 1 to 200 and cursor one that an earlier answer gave, each at most once.");
    public static readonly Problem UnknownAccount = new(404, "account.unknown", "There is no such account.");
    public static readonly Problem UnknownRoute = new(404, "route.unknown", "There is nothing at this address.");
    public static readonly Problem Unexpected = new(500, "core.unexpected", "The core failed unexpectedly.");

    public static Problem Malformed(string detail) => new(400, "request.malformed", "The request cannot be read.") { Detail = detail };
}
