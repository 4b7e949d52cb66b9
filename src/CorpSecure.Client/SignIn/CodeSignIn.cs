using CorpSecure.Client.Dpop;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Client.SignIn;

/// <summary>What a sign-in asks for.</summary>
/// <param name="Issuer">The authorization server, exactly as it names itself, with the trailing slash if it has one.</param>
/// <param name="Client">The OAuth client.</param>
/// <param name="Scope">The scope, values separated by spaces.</param>
/// <param name="AcrValues">The assurance to ask for, or none for the server's own choice.</param>
/// <param name="RedirectPath">The path of the loopback redirect address, as registered for the client.</param>
public sealed record SignInPlan(
    string Issuer, OAuthClient Client, string Scope, string? AcrValues = null, string RedirectPath = "/callback")
{
    /// <summary>The key that code and tokens are bound to (RFC 9449); none where they are bound to the client's certificate.</summary>
    public SigningKey? DpopKey { get; init; }

    /// <summary>How long ago the user may have signed in at most; null when that is no matter.</summary>
    public TimeSpan? MaximumAge { get; init; }
}

/// <summary>
/// Takes the user through the authorization server and back.
/// Gets the address to open and the redirect to wait on; returns the query of the redirect.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="redirect">Where the response arrives, when a browser is at work.</param>
/// <param name="cancellationToken">Ends the sign-in.</param>
public delegate Task<string> UserAgent(AuthorizationRequest request, LoopbackRedirect redirect, CancellationToken cancellationToken);

/// <summary>
/// The whole sign-in of a user: discovery, pushed authorization request where the server takes one (RFC 9126), authorization code with
/// PKCE over a loopback redirect, code exchange (RFC 8252).
/// </summary>
/// <param name="http">The client for discovery and token endpoint; its handler must not follow redirects.</param>
/// <param name="time">The clock.</param>
public sealed class CodeSignIn(HttpClient http, TimeProvider time)
{
    /// <summary>Signs a user in.</summary>
    /// <param name="plan">What to ask for.</param>
    /// <param name="userAgent">Takes the user through it; <see cref="Browser"/> for a real browser.</param>
    /// <param name="cancellationToken">Ends the sign-in.</param>
    /// <exception cref="SignInException">The server refused, or its answer cannot be trusted.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached or failed.</exception>
    public async Task<SignInTokens> RunAsync(SignInPlan plan, UserAgent userAgent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(userAgent);
        var metadata = await ProviderMetadata.DiscoverAsync(http, plan.Issuer, cancellationToken);
        using var redirect = new LoopbackRedirect(time, plan.RedirectPath);
        var request = new AuthorizationRequest(metadata, plan.Client.ClientId, redirect.Address, plan.Scope, plan.AcrValues, plan.MaximumAge);
        var channel = new BackChannel(http, metadata, plan.Client, time, plan.DpopKey is { } key ? new DpopProver(key, time.GetUtcNow) : null);
        await PushAsync(channel, request, cancellationToken);
        var code = request.ReadResponse(await userAgent(request, redirect, cancellationToken));
        return await new TokenEndpoint(channel, time).ExchangeAsync(code, request, cancellationToken);
    }

    /// <summary>A user agent that shows the address (opens a browser, prints it) and waits on the loopback redirect.</summary>
    /// <param name="show">Gets the address to open.</param>
    public static UserAgent Browser(Action<Uri> show) => (request, redirect, cancellationToken) =>
    {
        show(request.Address);
        return redirect.WaitAsync(request, cancellationToken);
    };

    /// <summary>The proof that goes with it binds the code to the key, as <c>dpop_jkt</c> would (RFC 9449 section 10.1).</summary>
    private static async Task PushAsync(BackChannel channel, AuthorizationRequest request, CancellationToken cancellationToken)
    {
        if (channel.Endpoint(endpoints => endpoints.PushedAuthorizationRequestEndpoint, bindsTokens: false) is not { } endpoint)
        {
            return;
        }
        using var answer = await channel.SendAsync(endpoint, request.Parameters.Where(parameter => parameter.Key != "client_id").ToDictionary(), proven: true, cancellationToken);
        request.PushedAs(answer.Text("request_uri") is { Length: > 0 } handle
            ? handle
            : throw new SignInException("invalid_response", $"{endpoint} took the request and gave no request_uri."));
    }
}
