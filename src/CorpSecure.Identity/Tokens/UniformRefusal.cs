using Microsoft.AspNetCore;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CorpSecure.Identity.Tokens;

/// <summary>A client that fails to authenticate learns that, and not why: an unknown name, a wrong key and a replay look the same.</summary>
public static partial class UniformRefusal
{
    public const string Description = "Client authentication failed.";

    public static void Add(OpenIddictServerBuilder server)
    {
        Add<ApplyTokenResponseContext>(server);
        Add<ApplyPushedAuthorizationResponseContext>(server);
        Add<ApplyIntrospectionResponseContext>(server);
        Add<ApplyRevocationResponseContext>(server);
    }

    private static void Add<TContext>(OpenIddictServerBuilder server)
        where TContext : BaseRequestContext =>
        server.AddEventHandler<TContext>(handler => handler
            .UseInlineHandler(Unify)
            .SetOrder(OpenIddictServerAspNetCoreHandlers.AttachHttpResponseCode<TContext>.Descriptor.Order - 1));

    private static ValueTask Unify(BaseRequestContext context)
    {
        if (context.Transaction.Response is { Error: Errors.InvalidClient } response)
        {
            var services = context.Transaction.GetHttpRequest()!.HttpContext.RequestServices;
            LogRefused(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(UniformRefusal)), context.EndpointType, response.ErrorDescription);
            (response.ErrorDescription, response.ErrorUri) = (Description, null);
        }

        return ValueTask.CompletedTask;
    }

    [LoggerMessage(3112, LogLevel.Information, "A client was not authenticated at the endpoint {Endpoint}: {Reason}")]
    private static partial void LogRefused(ILogger logger, OpenIddictServerEndpointType endpoint, string? reason);
}
