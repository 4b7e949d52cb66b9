using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CorpSecure.Client.Tests.Fakes;

/// <summary>
/// An authorization server that checks what a client sends (assertion, proof key, redirect) and signs users in through
/// two forms, as the real one does. Its knobs make it wrong in one way at a time.
/// </summary>
public sealed class FakeIdentity : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (string Challenge, string RedirectUri)> _codes = new();
    private readonly ECDsa _clientKey;
    private FakeServer? _server;

    private FakeIdentity(ECDsa clientKey) => _clientKey = clientKey;

    public string Issuer => _server!.Address.AbsoluteUri;

    public Uri Address => _server!.Address;

    // What it saw.
    public ConcurrentQueue<Dictionary<string, string>> TokenRequests { get; } = new();

    public string? LastScope { get; private set; }

    // How it answers.
    public string? IssuerInMetadata { get; set; }

    public string? IssuerInResponse { get; set; }

    public string? StateInResponse { get; set; }

    public string? TokenError { get; set; }

    public int ExpiresIn { get; set; } = 600;

    public string Username { get; set; } = "anna.keller";

    public string Password { get; set; } = "correct horse";

    public Func<string, bool> CodeIsRight { get; set; } = _ => true;

    public string Subject { get; set; } = "user-1";

    public static async Task<FakeIdentity> StartAsync(TestAuthority authority, ECDsa clientKey)
    {
        var identity = new FakeIdentity(clientKey);
        identity._server = await FakeServer.StartAsync(authority, identity.Map);
        return identity;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private void Map(WebApplication app)
    {
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = IssuerInMetadata ?? Issuer,
            authorization_endpoint = Issuer + "connect/authorize",
            token_endpoint = Issuer + "connect/token",
        }));
        app.MapGet("/connect/authorize", Authorize);
        app.MapGet("/sign-in", () => Form("""<input name="Username"><input type="password" name="Password">"""));
        app.MapPost("/sign-in", (Delegate)((HttpContext context) => Continue(
            context, f => f["Username"] == Username && f["Password"] == Password, "passed", "/sign-in/code",
            """<input name="Username"><input type="password" name="Password">""")));
        app.MapGet("/sign-in/code", () => Form("""<input autocomplete="one-time-code" name='Code'>"""));
        app.MapPost("/sign-in/code", (Delegate)((HttpContext context) => Continue(
            context, f => CodeIsRight(f["Code"].ToString()), "signed-in", "/connect/authorize", """<input name="Code">""")));
        app.MapPost("/connect/token", (Delegate)Token);
    }

    private IResult Authorize(HttpContext context)
    {
        var query = context.Request.Query;
        if (!context.Request.Cookies.ContainsKey("signed-in"))
        {
            return Results.Redirect("/sign-in?returnUrl=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString));
        }
        if (query["code_challenge_method"] != "S256" || query["response_type"] != "code")
        {
            return Results.BadRequest("the request is not a code request with S256");
        }
        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        LastScope = query["scope"];
        _codes[code] = (query["code_challenge"].ToString(), query["redirect_uri"].ToString());
        return Results.Redirect(
            $"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(StateInResponse ?? query["state"].ToString())}"
            + $"&iss={Uri.EscapeDataString(IssuerInResponse ?? Issuer)}");
    }

    private static IResult Form(string inputs) => Results.Content(
        $"""
        <!doctype html><html><body><h1>Sign in</h1>
        <form method="post">{inputs}<input type="hidden" name="__Token" value="a&amp;b+c" /><button>Go on</button></form></body></html>
        """, "text/html");

    private static async Task<IResult> Continue(
        HttpContext context, Func<IFormCollection, bool> right, string cookie, string next, string inputs)
    {
        var form = await context.Request.ReadFormAsync();
        if (form["__Token"] != "a&b+c")
        {
            return Results.BadRequest("the hidden field is missing");
        }
        if (!right(form))
        {
            return Form(inputs);
        }
        context.Response.Cookies.Append(cookie, "yes", new CookieOptions { Secure = true, HttpOnly = true });
        var back = context.Request.Query["returnUrl"].ToString();
        return Results.Redirect(next == "/connect/authorize" ? back : $"{next}?returnUrl={Uri.EscapeDataString(back)}");
    }

    private async Task<IResult> Token(HttpContext context)
    {
        var form = (await context.Request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString());
        TokenRequests.Enqueue(form);
        var fault = TokenError ?? FaultOf(form);
        return fault is null
            ? Results.Json(new { access_token = AccessToken(), token_type = "Bearer", expires_in = ExpiresIn, refresh_token = "refresh-" + TokenRequests.Count })
            : Results.Json(new { error = fault, error_description = "said the fake" }, statusCode: 400);
    }

    private string? FaultOf(Dictionary<string, string> form)
    {
        if (!IsAssertion(form.GetValueOrDefault("client_assertion", "")))
        {
            return "invalid_client";
        }
        return form["grant_type"] switch
        {
            "authorization_code" => _codes.TryRemove(form["code"], out var grant)
                && grant.RedirectUri == form["redirect_uri"]
                && grant.Challenge == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"])))
                    ? null : "invalid_grant",
            "refresh_token" => form["refresh_token"].StartsWith("refresh-", StringComparison.Ordinal) ? null : "invalid_grant",
            "client_credentials" => null,
            _ => "unsupported_grant_type",
        };
    }

    private bool IsAssertion(string jwt)
    {
        if (jwt.Split('.') is not [var header, var payload, var signature])
        {
            return false;
        }
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
        var root = claims.RootElement;
        return _clientKey.VerifyData(Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256)
            && root.GetProperty("aud").GetString() == Issuer
            && root.GetProperty("iss").GetString() == root.GetProperty("sub").GetString()
            && root.GetProperty("jti").GetString()!.Length >= 22;
    }

    private string AccessToken()
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(new
        {
            iss = Issuer,
            sub = Subject,
            client = "acme",
            roles = new[] { "maker" },
            acr = "urn:corpsecure:acr:mfa",
            amr = new[] { "pwd", "otp" },
            jti = TokenRequests.Count,
        });
        return $"{Base64Url.EncodeToString("""{"alg":"ES256"}"""u8)}.{Base64Url.EncodeToString(payload)}.c2ln";
    }
}
