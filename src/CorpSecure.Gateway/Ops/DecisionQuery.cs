using CorpSecure.Core.Decisions;
using FluentValidation;

namespace CorpSecure.Gateway.Ops;

/// <summary>The query of the decisions list.</summary>
public sealed record DecisionQuery(
    string? Verdict, string? Reason, string? Client, string? Subject, string? Route, DateTimeOffset? From, DateTimeOffset? To, int? Limit, Guid? Before)
{
    public DecisionFilter ToFilter() => new(
        Verdict is null ? null : Enum.Parse<Verdict>(Verdict, ignoreCase: true).ToString(), Reason, Client, Subject, Route, From, To, Before, Limit ?? 50);
}

public sealed class DecisionQueryValidator : AbstractValidator<DecisionQuery>
{
    public DecisionQueryValidator()
    {
        RuleFor(query => query.Limit).InclusiveBetween(1, 500);
        RuleFor(query => query.Verdict).Must(verdict => verdict is null || Enum.GetNames<Verdict>().Contains(verdict, StringComparer.OrdinalIgnoreCase))
            .WithMessage("verdict must be one of Deny, StepUp, Hold, Allow");
        RuleFor(query => query.Reason).MaximumLength(100);
        RuleFor(query => query.Client).MaximumLength(100);
        RuleFor(query => query.Subject).MaximumLength(100);
        RuleFor(query => query.Route).MaximumLength(100);
    }
}
