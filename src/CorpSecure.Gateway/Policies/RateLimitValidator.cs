using System.Linq.Expressions;
using CorpSecure.Core.Policies;
using FluentValidation;

namespace CorpSecure.Gateway.Policies;

public sealed class RateLimitValidator : AbstractValidator<RateLimitDocument>
{
    private const int Most = 16;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public RateLimitValidator()
    {
        RuleFor(limit => limit.Name).Matches("^[a-z0-9.-]{1,50}$").WithMessage("'{PropertyValue}' is not a name such as payments-per-user");
        RuleFor(limit => limit.Per).Must(IsScope).WithMessage("'{PropertyValue}' is not one of address, user, client, operation, route, nor several of them joined by +");
        RuleFor(limit => limit.Kind).Must((limit, _) => limit.KindOf is not null).WithMessage("'{PropertyValue}' is not one of fixed, sliding, token-bucket, concurrency");
        Count(limit => limit.Permits, "permits", RateKind.Fixed, RateKind.Sliding, RateKind.Concurrency);
        Time(limit => limit.Window, "window", RateKind.Fixed, RateKind.Sliding);
        Count(limit => limit.Burst, "burst", RateKind.TokenBucket);
        Count(limit => limit.TokensPerPeriod, "tokensPerPeriod", RateKind.TokenBucket);
        Time(limit => limit.Period, "period", RateKind.TokenBucket);
    }

    /// <summary>What the limits of one listener owe to each other and to its routes.</summary>
    public static void Together(IReadOnlyList<RateLimitDocument> limits, IReadOnlyList<RouteDocument> routes, ValidationContext<PolicyDocument> context)
    {
        var names = new HashSet<string>();
        for (var i = 0; i < limits.Count; i++)
        {
            if (limits[i] is not { } limit)
                continue; // said elsewhere
            if (!names.Add(limit.Name))
                context.AddFailure($"{context.PropertyPath}[{i}].Name", $"the name '{limit.Name}' stands twice");
            for (var route = 0; route < limit.Routes.Count; route++)
            {
                if (!routes.Any(known => known?.Name == limit.Routes[route]))
                    context.AddFailure($"{context.PropertyPath}[{i}].Routes[{route}]", $"'{limit.Routes[route]}' is not a route of this listener");
            }
        }

        if (limits.Count > Most)
            context.AddFailure(context.PropertyPath, $"more than {Most} limits");
        if (!limits.Any(limit => limit is { Scope: RateScope.Address, Routes.Count: 0 } && limit.KindOf is not (null or RateKind.Concurrency)))
            context.AddFailure(context.PropertyPath, "a limit per address, over time and for all routes, is needed: nothing else stands before the first signature check");
    }

    private static bool IsScope(string per)
    {
        var names = per.Split('+');
        return names.Length == names.Distinct().Count() && names.All(name => RateLimitDocument.ScopeOf(name) is not null);
    }

    private void Count(Expression<Func<RateLimitDocument, int?>> member, string name, params RateKind[] kinds)
    {
        RuleFor(member).NotNull().WithMessage($"{name} is missing").InclusiveBetween(1, 1_000_000).When(limit => limit.KindOf is { } kind && kinds.Contains(kind));
        Unwanted(member, name, kinds);
    }

    private void Time(Expression<Func<RateLimitDocument, TimeSpan?>> member, string name, params RateKind[] kinds)
    {
        RuleFor(member).NotNull().WithMessage($"{name} is missing").InclusiveBetween(Shortest, Longest).When(limit => limit.KindOf is { } kind && kinds.Contains(kind));
        Unwanted(member, name, kinds);
    }

    private void Unwanted<T>(Expression<Func<RateLimitDocument, T>> member, string name, RateKind[] kinds) =>
        RuleFor(member).Null().WithMessage(limit => $"a limit of kind {limit.Kind} has no {name}").When(limit => limit.KindOf is { } kind && !kinds.Contains(kind));
}
