using CorpSecure.Core.Policies;
using FluentValidation;

namespace CorpSecure.Gateway.Policies;

/// <summary>What everybody may read is the gateway's own and says nothing of anybody.</summary>
public sealed class PublicRoute : AbstractValidator<RouteDocument>
{
    public PublicRoute() =>
        RuleFor(route => route.Public).Must((route, _) => IsHarmless(route)).When(route => route.Public)
            .WithMessage("belongs on a GET below " + RoutePolicy.WellKnownPrefix + ", and excludes roles, acr, accounts, a body and signatures: nobody is asked who they are");

    private static bool IsHarmless(RouteDocument route) =>
        route.Path.StartsWith(RoutePolicy.WellKnownPrefix, StringComparison.Ordinal) && route.Methods is ["GET"]
        && route is { Roles.Count: 0, Acr.Count: 0, Accounts.Count: 0, Body: null, Signed: false, Enrolment: false, IdempotencyKey: false };
}
