using System.Text.Json.Serialization;

namespace CoreBank.Simulator.Hosting;

/// <summary>A refusal as RFC 9457 writes it, with a stable code.</summary>
public sealed record Problem(int Status, string Code, string Title)
{
    [JsonPropertyOrder(-1)]
    public string Type => "urn:corebank:problem:" + Code;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PaymentId { get; init; }

    public IResult AsResult() => Results.Json(this, SimulatorJson.Strict.Problem, Answers.ProblemContentType, Status);
}
