using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Bodies;
using CorpSecure.Gateway.Keys;
using CorpSecure.Gateway.RateLimits;
using CorpSecure.Gateway.Registry;
using CorpSecure.Gateway.Requests;
using CorpSecure.Gateway.Signatures;
using CorpSecure.Gateway.Tokens;

namespace CorpSecure.Gateway.Enforcement;

/// <summary>Grows the facts, one stage at a time; each stage is asked for only when the one before it did not deny.</summary>
public sealed class FactsGatherer(
    RequestReader requests,
    RequestLimits limits,
    TokenVerifier tokens,
    SignatureReader signatures,
    BodyReader bodies,
    EnrolmentReader enrolments,
    RegistryFeed registry,
    TimeProvider clock)
{
    /// <summary>Stage one: what headers and connection say. Costs no public-key operation and reads no body byte.</summary>
    public Exchange Begin(HttpContext context, Listener listener, bool overloaded)
    {
        var at = clock.GetUtcNow();
        var (request, route, address) = requests.Read(context, listener);
        var facts = new Facts { DecisionId = Guid.CreateVersion7(at), At = at, Listener = listener, Request = request with { Overloaded = overloaded } };
        return new Exchange(context, listener, registry.Current, address, facts, route);
    }

    public async ValueTask GatherAsync(Exchange exchange, Stage stage)
    {
        var facts = exchange.Facts with { Reached = stage };
        if (stage != Stage.Shape && exchange.Route.Public)
        {
            exchange.Facts = facts; // for everybody: whoever asks and whatever they send along, nothing more is asked of them
            return;
        }

        exchange.Facts = stage switch
        {
            Stage.Shape or Stage.Limits => facts with { Exceeded = await limits.TakeAsync(exchange, stage) },
            Stage.Token => await WithTokenAsync(exchange, facts),
            Stage.Signature => facts with { Signature = signatures.Read(exchange) },
            Stage.Entitlement => facts with { Subject = Subject(exchange), Accounts = PathAccounts(exchange) },
            Stage.Body => await WithBodyAsync(exchange, facts),
        };
    }

    private async ValueTask<Facts> WithTokenAsync(Exchange exchange, Facts facts)
    {
        var (token, proof) = await tokens.VerifyAsync(exchange);
        return facts with { Token = token, Proof = proof };
    }

    private SubjectFacts Subject(Exchange exchange) =>
        exchange.Registry.Subject(exchange.Listener, exchange.Facts.Token!) with { Fresh = registry.IsFresh };

    private static List<AccountFacts> PathAccounts(Exchange exchange)
    {
        var accounts = new List<AccountFacts>();
        foreach (var reference in exchange.Route.Accounts)
        {
            if (reference.Parameter is not { } parameter)
                continue;
            var account = exchange.PathParameter(parameter);
            var granted = exchange.Registry.IsEntitled(exchange.Facts.Token!.Subject, account, reference.Permission);
            accounts.Add(new AccountFacts("path", account, reference.Permission, granted));
        }

        return accounts;
    }

    private async Task<Facts> WithBodyAsync(Exchange exchange, Facts facts)
    {
        if (exchange.Route.Body is not { } policy)
            return facts;
        var received = signatures.VerifyDigest(exchange, await bodies.ReadAsync(exchange.Context, policy));
        var (body, accounts) = JsonBody.Examine(received, exchange.Route, facts.Token!.Subject, exchange.Registry);
        exchange.Body = body;
        return facts with
        {
            Body = body.Facts,
            Accounts = [.. facts.Accounts, .. accounts],
            Enrolment = exchange.Route.Enrolment && body.Fault is null ? enrolments.Read(exchange, body.Bytes.Span) : null,
        };
    }
}
