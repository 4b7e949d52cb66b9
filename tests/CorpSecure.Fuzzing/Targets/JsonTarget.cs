using System.Text.Json;
using System.Text.Json.Nodes;
using CorpSecure.Core.Policies;
using CorpSecure.Fuzzing.Running;
using CorpSecure.Gateway.Bodies;
using CorpSecure.Gateway.Registry;
using static CorpSecure.Fuzzing.Running.FuzzTarget;

namespace CorpSecure.Fuzzing.Targets;

/// <summary>Bodies: what is accepted has no member twice, and another parser finds the same account in it.</summary>
internal static class JsonTarget
{
    private const string Pointer = "debtorAccount";

    private static readonly string[] Words =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\"debtorAccount\"", "\"DebtorAccount\"", "\"debtor\\u0041ccount\"", "\"\\ud800\"", "\\udc00", "\\u0000", "\\\"", "null", "true", "1e999", "-0", "0.1e-400",
        "12345678901234567890123", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "/**/", "//", "NaN", "\u00e4", "\ufeff", "'",
    ];

    private static readonly RoutePolicy Route = new()
    {
        Name = "payments",
        Methods = ["POST"],
        Path = PathTemplate.TryParse("/payments")!,
        Roles = ["maker"],
        Acr = [],
        MaximumAge = TimeSpan.FromHours(1),
        Accounts = [new AccountReference(null, "/" + Pointer, "pay")],
    };

    public static FuzzTarget Create() => new("bodies", 12_000, Words, input => Check(input, Account), input => Check(input, LenientAccount));

    private static void Check(byte[] input, Func<byte[], string?> account)
    {
        if (account(input) is not { } found)
            return;
        HasNoTwins(input);
        Holds(JsonNode.Parse(input) is JsonObject body && (string?)body[Pointer] == found, "another parser finds another account");
    }

    private static string? Account(byte[] input)
    {
        var (body, accounts) = JsonBody.Examine(new ReceivedBody(input, null, null), Route, "u-anna", RegistrySnapshot.Empty);
        return body.Fault is null ? accounts.Single().Account : null;
    }

    /// <summary>Takes the last of several members, as most parsers do.</summary>
    private static string? LenientAccount(byte[] input)
    {
        try
        {
            using var document = JsonDocument.Parse(input);
            return document.RootElement.TryGetProperty(Pointer, out var account) ? account.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void HasNoTwins(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        var names = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                names.Push([]);
            else if (reader.TokenType == JsonTokenType.EndObject)
                names.Pop();
            else if (reader.TokenType == JsonTokenType.PropertyName)
                Holds(names.Peek().Add(reader.GetString()!), "a member twice");
        }
    }
}
