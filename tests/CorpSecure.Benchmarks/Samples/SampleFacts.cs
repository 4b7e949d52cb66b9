using System.Buffers.Text;
using System.Security.Cryptography;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Benchmarks.Samples;

/// <summary>Whole facts, with values as long as real ones.</summary>
internal static class SampleFacts
{
    public const int Subjects = 20;

    private const int Accounts = 50;

    /// <summary>A signed payment that is allowed; <paramref name="number"/> chooses user and account.</summary>
    public static Facts Payment(DateTimeOffset at, int number)
    {
        var account = $"acc-acme-{number % Accounts + 1:D3}";
        return Request(at, number, new RequestFacts
        {
            Method = "POST",
            Target = "/corporate/v1/payments",
            Route = "payments.create",
            PathKnown = true,
            Address = "203.0.113.27",
            HasBody = true,
            ContentLength = 214,
            ContentType = "application/json",
            IdempotencyKey = "8e03978e-40d5-43dd-bc93-6894a57f9324",
        }) with
        {
            Signature = new SignatureFacts
            {
                KeyId = $"anna-{number % Subjects}",
                Nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18)),
                Created = at.AddTicks(-at.Ticks % TimeSpan.TicksPerSecond),
            },
            Accounts = [new AccountFacts("/debtorAccount", account, "pay", Granted: true)],
            Body = new BodyFacts { Length = 214, Digest = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU" },
        };
    }

    /// <summary>An unsigned read of one account that is allowed.</summary>
    public static Facts Read(DateTimeOffset at, int number)
    {
        var account = $"acc-acme-{number % Accounts + 1:D3}";
        return Request(at, number, new RequestFacts
        {
            Method = "GET",
            Target = $"/corporate/v1/accounts/{account}/transactions?limit=20",
            Route = "accounts.transactions",
            PathKnown = true,
            Address = "203.0.113.27",
        }) with
        {
            Accounts = [new AccountFacts("path", account, "view", Granted: true)],
        };
    }

    private static Facts Request(DateTimeOffset at, int number, RequestFacts request) => new()
    {
        DecisionId = Guid.CreateVersion7(at),
        At = at,
        Listener = Listener.Api,
        Reached = Stage.Body,
        Request = request,
        Token = new TokenFacts
        {
            Subject = $"0192f3a0-77aa-7c3e-9d7b-4c1f0a9b{number % Subjects:D4}",
            Person = $"p-0192f3a0-77aa-{number % Subjects:D4}",
            Client = "acme",
            Holder = "corpsec",
            TokenId = "a2b51a0e-34d9-4f47-9b67-0f6f3fc0f1c4",
            Acr = AcrValues.MultiFactor,
            Amr = ["pwd", "otp"],
            AuthTime = at.AddMinutes(-5),
            IssuedAt = at.AddMinutes(-2),
            ExpiresAt = at.AddMinutes(8),
        },
        Subject = new SubjectFacts { Known = true, Active = true, ClientActive = true, Roles = ["viewer", "maker"] },
    };
}
