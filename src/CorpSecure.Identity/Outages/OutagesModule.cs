using System.Data.Common;
using CorpSecure.Ledger;
using Microsoft.AspNetCore;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CorpSecure.Identity.Outages;

/// <summary>While the database is away every endpoint says so: 503 with <c>Retry-After</c>, and never that a client or a grant is wrong.</summary>
public static class OutagesModule
{
    private const string RetryAfterSeconds = "5";

    public static void Add(OpenIddictServerBuilder server)
    {
        Answer<ApplyTokenResponseContext>(server);
        Answer<ApplyPushedAuthorizationResponseContext>(server);
        Answer<ApplyIntrospectionResponseContext>(server);
        Answer<ApplyRevocationResponseContext>(server);
    }

    /// <summary>Whether an exception means that it may work later.</summary>
    public static bool IsTemporary(Exception? error) => error switch
    {
        null => false,
        LedgerUnavailableException or DbException or DbUpdateException => true,
        AggregateException many => many.InnerExceptions.Any(IsTemporary),
        _ => IsTemporary(error.InnerException),
    };

    public static void MarkTemporary(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = RetryAfterSeconds;
    }

    // After the status was chosen by the error that the library saw, before anything is written.
    private static void Answer<TContext>(OpenIddictServerBuilder server)
        where TContext : BaseRequestContext => server.AddEventHandler<TContext>(handler => handler
            .UseInlineHandler(Answer)
            .SetOrder(OpenIddictServerAspNetCoreHandlers.AttachHttpResponseCode<TContext>.Descriptor.Order + 1));

    private static ValueTask Answer(BaseRequestContext context)
    {
        if (context.Transaction.GetHttpRequest()?.HttpContext is not { } http || context.Transaction.Response is not { } response)
            return ValueTask.CompletedTask;
        if (response.Error != Errors.TemporarilyUnavailable && !http.RequestServices.GetRequiredService<StoreOutage>().Happened)
            return ValueTask.CompletedTask;
        foreach (var name in response.GetParameters().Select(parameter => parameter.Key).ToArray())
            response.RemoveParameter(name);
        response.Error = Errors.TemporarilyUnavailable;
        response.ErrorDescription = "Try again later.";
        MarkTemporary(http.Response);
        return ValueTask.CompletedTask;
    }
}
