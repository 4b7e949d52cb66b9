using CorpSecure.Core.Decisions;
using CorpSecure.Gateway.Enforcement;

namespace CorpSecure.Gateway.Own;

/// <summary>What the gateway answers itself at the API's door. The policy's route of this name leads here and nothing else does.</summary>
/// <param name="Route">The name of the policy's route.</param>
/// <param name="Path">The route's path, as the policy must have it.</param>
/// <param name="HandleAsync">Runs after the decision is durable; gets the exact bytes that were verified.</param>
public sealed record OwnEndpoint(string Route, string Method, string Path, Func<Exchange, CancellationToken, Task<OwnAnswer>> HandleAsync);

/// <summary>An answer, made whole before any of it is sent, so that its outcome can be recorded first.</summary>
/// <param name="Document">Sent as JSON.</param>
/// <param name="Refusal">Sent as a problem instead.</param>
public sealed record OwnAnswer(int Status, object? Document = null, string? Location = null, Reason? Refusal = null)
{
    public static OwnAnswer Ok(object document) => new(StatusCodes.Status200OK, document);

    public static OwnAnswer Created(string location, object document) => new(StatusCodes.Status201Created, document, location);

    public static OwnAnswer Refused(Reason reason) => new(reason.Status, Refusal: reason);
}
