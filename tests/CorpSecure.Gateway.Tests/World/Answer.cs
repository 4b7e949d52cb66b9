using System.Text.Json;

namespace CorpSecure.Gateway.Tests.World;

/// <summary>What came back, and what the ledger says of it.</summary>
public sealed record Answer(int Status, JsonElement? Body, Guid DecisionId, HttpResponseMessage Message)
{
    public string? Code => Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("code", out var code) ? code.GetString() : null;
}

public sealed record LedgerEntry(string Lane, long Counter, short Kind, JsonElement Payload)
{
    public string? Text(string name) => Payload.TryGetProperty(name, out var value) ? value.ToString() : null;

    public string[] Reasons => [.. Payload.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!)];
}
