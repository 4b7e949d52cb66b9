using CorpSecure.Core.Policies;
using FluentValidation;

namespace CorpSecure.Gateway.Policies;

public sealed class PolicyValidator : AbstractValidator<PolicyDocument>
{
    public PolicyValidator()
    {
        RuleFor(policy => policy.Version).NotEmpty().MaximumLength(50).Matches("^[A-Za-z0-9._-]*$");
        RuleFor(policy => policy.Signatures.MaximumAge).InclusiveBetween(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        RuleFor(policy => policy.Signatures.ClockSkew).InclusiveBetween(TimeSpan.Zero, TimeSpan.FromSeconds(60));
        RuleFor(policy => policy.Signatures.CoolingOff).InclusiveBetween(TimeSpan.Zero, TimeSpan.FromDays(30));
        RuleForEach(policy => policy.Routes).NotNull().SetValidator(new RouteValidator());
        RuleForEach(policy => policy.OpsRoutes).NotNull().SetValidator(new RouteValidator());
        RuleFor(policy => policy.Routes).NotEmpty();
        RuleFor(policy => policy.Routes).Custom(Distinct);
        RuleFor(policy => policy.OpsRoutes).Custom(Distinct);
        RuleForEach(policy => policy.RateLimits).NotNull().SetValidator(new RateLimitValidator());
        RuleForEach(policy => policy.OpsRateLimits).NotNull().SetValidator(new RateLimitValidator());
        RuleFor(policy => policy.RateLimits).Custom((limits, context) => RateLimitValidator.Together(limits, context.InstanceToValidate.Routes, context));
        RuleFor(policy => policy.OpsRateLimits).Custom((limits, context) => RateLimitValidator.Together(limits, context.InstanceToValidate.OpsRoutes, context));
    }

    private static void Distinct(IReadOnlyList<RouteDocument> routes, ValidationContext<PolicyDocument> context)
    {
        var names = new HashSet<string>();
        var paths = new List<(string Method, PathTemplate Path)>();
        for (var i = 0; i < routes.Count; i++)
        {
            if (routes[i] is null)
                continue; // said elsewhere
            if (!names.Add(routes[i].Name))
                context.AddFailure($"{context.PropertyPath}[{i}].Name", $"the name '{routes[i].Name}' stands twice");
            if (PathTemplate.TryParse(routes[i].Path) is not { } path)
                continue; // the route's own validator says so
            foreach (var method in routes[i].Methods)
            {
                if (paths.Exists(other => other.Method == method && AreAmbiguous(other.Path, path)))
                    context.AddFailure($"{context.PropertyPath}[{i}].Path", $"'{method} {path}' is ambiguous: another route takes the same requests");
                paths.Add((method, path));
            }
        }
    }

    /// <summary>Some path matches both, and neither is more literal than the other.</summary>
    private static bool AreAmbiguous(PathTemplate one, PathTemplate other) =>
        one.Length == other.Length && one.Parameters.Count() == other.Parameters.Count()
        && one.Shape.Split('/').Zip(other.Shape.Split('/')).All(pair => pair.First == pair.Second || pair.First == "{}" || pair.Second == "{}");
}

public sealed class RouteValidator : AbstractValidator<RouteDocument>
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    public RouteValidator()
    {
        RuleFor(route => route.Name).NotEmpty().MaximumLength(100).Matches("^[a-z0-9.-]*$");
        RuleFor(route => route.Methods).NotEmpty();
        RuleForEach(route => route.Methods).Must(Methods.Contains).WithMessage("'{PropertyValue}' is not one of GET, HEAD, POST, PUT, PATCH, DELETE");
        RuleFor(route => route.Path).Must(path => PathTemplate.TryParse(path) is not null)
            .WithMessage("'{PropertyValue}' is not a path such as /corporate/v1/accounts/{{account}}");
        RuleFor(route => route.Path).Must(IsOwnOrNot).WithMessage("'{PropertyValue}': the gateway's own paths, and they alone, begin with " + RoutePolicy.OwnPrefix + " or " + RoutePolicy.WellKnownPrefix);
        Include(new PublicRoute());
        RuleFor(route => route.Enrolment).Must((route, _) => route.Body is not null && !route.Signed && route.Path.StartsWith(RoutePolicy.OwnPrefix, StringComparison.Ordinal))
            .When(route => route.Enrolment).WithMessage("belongs on an own route with a body, and excludes signed: the request is signed by the key it brings");
        Include(new NarrowRoute());
        RuleFor(route => route.Roles).NotEmpty().When(route => !route.Public).WithMessage("at least one role is needed");
        RuleFor(route => route.Acr).NotEmpty().When(route => !route.Public).WithMessage("at least one of mfa, client, pwd is needed");
        RuleForEach(route => route.Acr).Must(acr => AcrNames.TryGet(acr, out _)).WithMessage("'{PropertyValue}' is not one of mfa, client, pwd");
        RuleFor(route => route.MaximumAge).InclusiveBetween(TimeSpan.FromSeconds(10), TimeSpan.FromHours(12));
        RuleFor(route => route.Operation).Matches("^[a-z0-9.-]{1,50}$");
        RuleFor(route => route.BufferedAnswer).InclusiveBetween(0, 1024 * 1024);
        RuleFor(route => route.Body!.Limit).InclusiveBetween(1, 16 * 1024 * 1024).When(route => route.Body is not null);
        RuleFor(route => route.Body!.ContentTypes).NotEmpty().When(route => route.Body is not null);
        RuleForEach(route => route.Body!.ContentTypes).NotEmpty().When(route => route.Body is not null);
        RuleFor(route => route.Body).Null().When(route => route.Methods.Any(method => method is "GET" or "HEAD"))
            .WithMessage("GET and HEAD take no body");
        RuleForEach(route => route.Accounts).NotNull().ChildRules(account =>
        {
            account.RuleFor(entry => entry.In).Must(place => place is "path" or "body").WithMessage("must be path or body");
            account.RuleFor(entry => entry.Permission).Must(permission => permission is "view" or "pay").WithMessage("must be view or pay");
        });
        RuleFor(route => route.Accounts).Custom((accounts, context) =>
        {
            var route = context.InstanceToValidate;
            var parameters = PathTemplate.TryParse(route.Path)?.Parameters.ToArray() ?? [];
            for (var i = 0; i < accounts.Count; i++)
            {
                if (accounts[i] is null)
                    continue; // said elsewhere
                var name = $"{context.PropertyPath}[{i}].Name";
                if (accounts[i].In == "path" && !parameters.Contains(accounts[i].Name))
                    context.AddFailure(name, $"'{accounts[i].Name}' is not a parameter of the path");
                if (accounts[i].In == "body" && (route.Body is null || !accounts[i].Name.StartsWith('/')))
                    context.AddFailure(name, "must be a JSON pointer such as /debtorAccount, on a route with a body");
            }
        });
    }

    // A named first segment would also mean the gateway's own paths, and send them to the core.
    private static bool IsOwnOrNot(string path) =>
        !path.StartsWith("/{", StringComparison.Ordinal)
        && (RoutePolicy.IsOwn(path)
            || !((path + "/").StartsWith("/gateway/", StringComparison.OrdinalIgnoreCase) || (path + "/").StartsWith(RoutePolicy.WellKnownPrefix, StringComparison.OrdinalIgnoreCase)));
}
