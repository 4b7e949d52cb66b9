using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Core.Tests.Builders;

/// <summary><c>ARequest().To(SamplePolicy.Pay)</c>: facts of a request that nothing is wrong with, then what differs.</summary>
internal static class Requests
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 30, 0, TimeSpan.Zero);

    public static Facts ARequest() => new()
    {
        DecisionId = Guid.Parse("019ab000-0000-7000-8000-000000000001"),
        At = Now,
        Listener = Listener.Api,
        Reached = Stage.Body,
        Request = new RequestFacts { Method = "GET", Target = "/corporate/v1/accounts", Route = "accounts.list", PathKnown = true, Address = "192.0.2.7" },
        Token = new TokenFacts
        {
            Subject = "user-1",
            Person = "person-1",
            Client = "acme",
            Holder = "corpsec",
            TokenId = "token-1",
            Acr = AcrValues.MultiFactor,
            Amr = ["pwd", "otp"],
            AuthTime = Now.AddMinutes(-5),
            IssuedAt = Now.AddMinutes(-4),
            ExpiresAt = Now.AddMinutes(6),
        },
        Subject = new SubjectFacts { Known = true, Active = true, ClientActive = true, Roles = ["viewer", "maker"] },
    };

    public static Facts APayment() => ARequest().To(SamplePolicy.Pay);

    /// <summary>Everything this route asks for, as it should be.</summary>
    public static Facts To(this Facts facts, RoutePolicy route) => facts with
    {
        Request = facts.Request with
        {
            Method = route.Methods[0],
            Route = route.Name,
            Target = route.Path.Text.Replace("{account}", "acc-acme-001"),
            HasBody = route.Body is not null,
            ContentLength = route.Body is null ? null : 200,
            ContentType = route.Body is null ? null : "application/json",
            IdempotencyKey = route.IdempotencyKey ? "key-0001" : null,
        },
        Signature = route.Signed ? new SignatureFacts { KeyId = "anna-1", Nonce = "nonce-0001", Created = Now.AddSeconds(-1) } : null,
        Body = route.Body is null ? null : new BodyFacts { Length = 200, Digest = "digest" },
        Accounts = [.. route.Accounts.Select(account => new AccountFacts(account.Pointer ?? "path", "acc-acme-001", account.Permission, Granted: true))],
    };

    public static Facts OnOps(this Facts facts) => facts with { Listener = Listener.Ops };

    public static Facts With(this Facts facts, Func<RequestFacts, RequestFacts> change) => facts with { Request = change(facts.Request) };

    public static Facts WithToken(this Facts facts, Func<TokenFacts, TokenFacts> change) => facts with { Token = change(facts.Token!) };

    public static Facts WithSubject(this Facts facts, Func<SubjectFacts, SubjectFacts> change) => facts with { Subject = change(facts.Subject!) };

    public static Facts WithSignature(this Facts facts, Func<SignatureFacts, SignatureFacts> change) => facts with { Signature = change(facts.Signature!) };

    public static Facts WithBody(this Facts facts, Func<BodyFacts, BodyFacts> change) => facts with { Body = change(facts.Body!) };
}
