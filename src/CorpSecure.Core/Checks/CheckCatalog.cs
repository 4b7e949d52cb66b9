using System.Collections.Immutable;
using CorpSecure.Core.Checks.Account;
using CorpSecure.Core.Checks.Acr;
using CorpSecure.Core.Checks.AnnouncedBody;
using CorpSecure.Core.Checks.Body;
using CorpSecure.Core.Checks.Dpop;
using CorpSecure.Core.Checks.Enrolment;
using CorpSecure.Core.Checks.IdempotencyKey;
using CorpSecure.Core.Checks.Overload;
using CorpSecure.Core.Checks.RateLimit;
using CorpSecure.Core.Checks.RequestShape;
using CorpSecure.Core.Checks.Role;
using CorpSecure.Core.Checks.Route;
using CorpSecure.Core.Checks.Signature;
using CorpSecure.Core.Checks.Subject;
using CorpSecure.Core.Checks.Token;

using CorpSecure.Core.Decisions;

namespace CorpSecure.Core.Checks;

/// <summary>Every check, in the order in which it is asked. Within a stage the order decides whose reason is told.</summary>
public static class CheckCatalog
{
    public static ImmutableArray<ICheck> All { get; } =
    [
        // Shape: what a stranger can be told. The limit comes first, so a flood learns nothing else.
        new OverloadCheck(),
        new RateLimitCheck(Stage.Shape),
        new RequestShapeCheck(),
        new RouteCheck(),
        new AnnouncedBodyCheck(),
        new IdempotencyKeyCheck(),

        // Token: who, and how strongly authenticated.
        new TokenCheck(),
        new DpopCheck(),
        new AcrCheck(),

        // Limits: of a caller who is known, before anything costly is done for them.
        new RateLimitCheck(Stage.Limits),

        // Signature: over the headers, before a byte of the body is read.
        new SignatureCheck(),

        // Entitlement: what the registry says.
        new SubjectCheck(),
        new RoleCheck(),
        new AccountCheck(Stage.Entitlement),

        // Body: the exact bytes, and the accounts they name.
        new BodyCheck(),
        new AccountCheck(Stage.Body),
        new EnrolmentCheck(),
    ];
}
