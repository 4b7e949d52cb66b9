using CorpSecure.Protocol.Problems;
using CsCheck;

namespace CorpSecure.Core.Tests.Builders;

/// <summary>Facts in which anything may be wrong, and often something is.</summary>
internal static class Generators
{
    private static readonly Gen<string?> Fault = Gen.Frequency<string?>(
        (6, Gen.Const((string?)null)), (1, Gen.OneOf<string?>((string?[])[.. Reasons.All.Select(reason => reason.Code)])));

    private static readonly Gen<bool> Mostly = Gen.Frequency<bool>((8, Gen.Const(true)), (1, Gen.Const(false)));

    private static readonly Gen<bool> Rarely = Mostly.Select(value => !value);

    private static readonly Gen<DateTimeOffset> Moment = Gen.Long[-40_000, 40_000].Select(seconds => Requests.Now.AddSeconds(seconds).AddTicks(seconds % 7));

    private static readonly Gen<TokenFacts> Token =
        from fault in Fault
        from acr in Gen.OneOf(AcrValues.MultiFactor, AcrValues.MultiFactor, AcrValues.Client, AcrValues.Password, "")
        from times in Gen.Select(Moment, Moment)
        from binding in Mostly
        from revoked in Rarely
        from keyBound in Gen.Bool
        from unbound in Rarely
        from subject in Gen.String
        from amr in Gen.OneOf("pwd", "otp", "swk").Array[0, 3]
        select new TokenFacts
        {
            Fault = fault,
            Acr = acr,
            Amr = amr,
            AuthTime = times.Item1,
            ExpiresAt = times.Item2,
            BindingHolds = binding,
            Revoked = revoked,
            KeyBound = keyBound,
            Unbound = unbound,
            Subject = WellFormed(subject),
        };

    private static readonly Gen<ProofFacts> Proof = Gen.Select(Fault, Moment, (fault, at) => new ProofFacts { Fault = fault, Thumbprint = "t", Id = "i", IssuedAt = at });

    private static readonly Gen<SignatureFacts> Signature = Gen.Select(Fault, Moment, Rarely, (fault, created, byKeyInBody) =>
        new SignatureFacts { Fault = fault, Created = created, KeyId = "anna-1", Nonce = "n", ByKeyInBody = byKeyInBody });

    private static readonly Gen<EnrolmentFacts> Enrolment = Gen.Select(Fault, Rarely, Gen.Int[0, 12], (fault, registered, held) =>
        new EnrolmentFacts { Fault = fault, KeyId = "k", Registered = registered, KeysHeld = held });

    private static readonly Gen<SubjectFacts> Subject =
        from flags in Gen.Select(Mostly, Mostly, Mostly, Mostly)
        from roles in Gen.OneOf("viewer", "maker", "auditor", "checker").Array[0, 4]
        select new SubjectFacts { Fresh = flags.Item1, Known = flags.Item2, Active = flags.Item3, ClientActive = flags.Item4, Roles = roles };

    private static readonly Gen<AccountFacts> Account =
        from place in Gen.OneOf("path", "/debtorAccount")
        from permission in Gen.OneOf("view", "pay")
        from granted in Mostly
        select new AccountFacts(place, "acc-acme-001", permission, granted);

    private static readonly Gen<RateFacts?> Exceeded = Gen.Frequency<RateFacts?>(
        (8, Gen.Const((RateFacts?)null)),
        (1, Gen.Select(Gen.Int[1, 31], Gen.OneOf(Enum.GetValues<RateKind>()), (per, kind) => (RateFacts?)new RateFacts("limit", (RateScope)per, kind))));

    private static readonly Gen<RequestFacts> Request =
        from route in Gen.OneOf("accounts.list", "accounts.show", "payments.create", "payments.create", "keys.enrol", "decisions.list", "removed", null)
        from target in Gen.OneOf("/a", "/a", "/a", "/a//b", "/a?q=%C3%BC")
        from flags in Gen.Select(Mostly, Rarely, Mostly)
        from body in Gen.Bool
        from length in Gen.Frequency<long?>((4, Gen.Const((long?)200)), (1, Gen.Const((long?)null)), (1, Gen.Const((long?)70_000)))
        from type in Gen.OneOf("application/json", "application/json", "text/plain", null)
        from key in Gen.OneOf("key-0001", "key-0001", "short", null)
        select new RequestFacts
        {
            Method = "POST",
            Target = target,
            Route = route,
            Address = "192.0.2.7",
            HostKnown = flags.Item1,
            ContentEncoded = flags.Item2,
            PathKnown = flags.Item3,
            HasBody = body,
            ContentLength = length,
            ContentType = type,
            IdempotencyKey = key,
        };

    public static readonly Gen<Stage> Stages = Gen.OneOf(Enum.GetValues<Stage>());

    public static readonly Gen<Verdict> Verdicts = Gen.OneOf(Enum.GetValues<Verdict>());

    public static readonly Gen<Facts> Facts = Gen.OneOf<Facts>(Wild(), Near());

    private static Gen<Facts> Wild() =>
        from request in Request
        from exceeded in Exceeded
        from token in Maybe(Token)
        from proof in Maybe(Proof)
        from signature in Maybe(Signature)
        from subject in Maybe(Subject)
        from accounts in Account.Array[0, 3]
        from fault in Fault
        from enrolment in Maybe(Enrolment)
        from hasBody in Mostly
        from listener in Gen.OneOf(Listener.Api, Listener.Api, Listener.Ops)
        from reached in Gen.Frequency<Stage>((4, Gen.Const(Stage.Body)), (1, Stages))
        from at in Moment
        select new Facts
        {
            DecisionId = Guid.Parse("019ab000-0000-7000-8000-000000000001"),
            At = at,
            Listener = listener,
            Reached = reached,
            Request = request,
            Exceeded = exceeded,
            Token = token,
            Proof = proof,
            Signature = signature,
            Subject = subject,
            Accounts = accounts,
            Body = hasBody ? new BodyFacts { Fault = fault } : null,
            Enrolment = enrolment,
        };

    /// <summary>A good request in which one group of facts is replaced by random ones.</summary>
    private static Gen<Facts> Near() =>
        from route in Gen.OneOf(SamplePolicy.List, SamplePolicy.Show, SamplePolicy.Pay)
        from part in Gen.Int[0, 6]
        from wild in Wild()
        let good = Requests.ARequest().To(route)
        select part switch
        {
            0 => good with { Token = wild.Token, Proof = wild.Proof },
            1 => good with { Signature = wild.Signature },
            2 => good with { Subject = wild.Subject },
            3 => good with { Accounts = wild.Accounts },
            4 => good with { Body = wild.Body },
            5 => good with { Exceeded = wild.Exceeded },
            _ => good,
        };

    private static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : class => Gen.Frequency<T?>((1, Gen.Const((T?)null)), (8, gen.Select(value => (T?)value)));

    /// <summary>Without lone surrogates, which no text that came over a wire has.</summary>
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes());
}
