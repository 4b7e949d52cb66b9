using CorpSecure.Core.Policies;
using FluentValidation;

namespace CorpSecure.Gateway.Policies;

/// <summary>A route opens one thing to some. What would open everything, or to everybody, is a fault even where it is well formed.</summary>
public sealed class NarrowRoute : AbstractValidator<RouteDocument>
{
    public NarrowRoute()
    {
        RuleFor(route => route.Path).Must(path => PathTemplate.TryParse(path) is not { } template || !template.Shape.StartsWith("/{}", StringComparison.Ordinal))
            .WithMessage("'{PropertyValue}' begins with a parameter and so takes every path; begin with a literal segment");
        RuleForEach(route => route.Roles).Matches("^[a-z][a-z0-9-]*$").WithMessage("'{PropertyValue}' is not the name of a role, such as maker");
        RuleFor(route => route.Acr).Must(acr => !acr.Contains("pwd")).When(ChangesSomething)
            .WithMessage("a password alone must not be enough to change something; use mfa or client");
    }

    private static bool ChangesSomething(RouteDocument route) => route.Methods.Any(method => method is not ("GET" or "HEAD"));
}
