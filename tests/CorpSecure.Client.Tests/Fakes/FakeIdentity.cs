using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Signatures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace CorpSecure.Client.Tests.Fakes;

/// <summary>
/// An authorization server that checks what a client sends (assertion, proof key, redirect) and signs users in through
/// two forms, as the real one does. Its knobs make it wrong in one way at a time.
/// </summary>
public sealed class FakeIdentity : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (string Challenge, string RedirectUri, string Thumbprint)> _codes = new();
    private readonly ConcurrentDictionary<string, string> _refreshTokens = new();
    private readonly ECDsa _clientKey;
    private FakeServer? _server;
    private FakeServer? _forCertificates;

    private FakeIdentity(ECDsa clientKey) => _clientKey = clientKey;

    public string Issuer => _server!.Address.AbsoluteUri;

    public Uri Address => _server!.Address;

    // What it saw.
    public ConcurrentQueue<Dictionary<string, string>> TokenRequests { get; } = new();

    /// <summary>Of the last sign-in.</summary>
    public IReadOnlyDictionary<string, string> LastRequest { get; private set; } = new Dictionary<string, string>();

    public string? LastScope => LastRequest.GetValueOrDefault("scope");

    public PushedRequests Pushed { get; } = new();

    public FakeProofs Proofs { get; } = new() { Nonce = "nonce-of-identity" };

    public FakeSessions Sessions { get; } = new();

    public ConcurrentQueue<string> Revoked { get; } = new();

    // How it answers.
    public string? IssuerInMetadata { get; set; }

    public string? IssuerInResponse { get; set; }

    public string? StateInResponse { get; set; }

    public string? TokenError { get; set; }

    /// <summary>In place of the right one.</summary>
    public string? TokenType { get; set; }

    /// <summary>Whether a refresh gives a new refresh token, as some servers do.</summary>
    public bool RotatesRefreshTokens { get; set; }

    public int ExpiresIn { get; set; } = 600;

    public string Username { get; set; } = "anna.keller";

    public string Password { get; set; } = "correct horse";

    public Func<string, bool> CodeIsRight { get; set; } = _ => true;

    public string Subject { get; set; } = "user-1";

    public static async Task<FakeIdentity> StartAsync(TestAuthority authority, ECDsa clientKey)
    {
        var identity = new FakeIdentity(clientKey);
        identity._server = await FakeServer.StartAsync(authority, identity.Map, ClientCertificateMode.NoCertificate);
        identity._forCertificates = await FakeServer.StartAsync(authority, identity.Map, ClientCertificateMode.RequireCertificate);
        return identity;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in new[] { _server, _forCertificates }.OfType<FakeServer>())
        {
            await server.DisposeAsync();
        }
    }

    private void Map(WebApplication app)
    {
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = IssuerInMetadata ?? Issuer,
            authorization_endpoint = Issuer + "connect/authorize",
            token_endpoint = Issuer + "connect/token",
            pushed_authorization_request_endpoint = Issuer + "connect/par",
            revocation_endpoint = Issuer + "connect/revoke",
            mtls_endpoint_aliases = new { token_endpoint = _forCertificates!.Address + "connect/token" },
        }));
        app.MapPost("/connect/par", (Delegate)Push);
        app.MapPost("/connect/revoke", (Delegate)Revoke);
        Sessions.Map(app, Proofs);
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
        if (!Pushed.TryFind(context.Request.Query["request_uri"].ToString(), out var asked, out var thumbprint) || context.Request.Query.Count != 2)
        {
            return Results.BadRequest("the request was not handed in before");
        }
        if (!context.Request.Cookies.ContainsKey("signed-in"))
        {
            return Results.Redirect("/sign-in?returnUrl=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString));
        }
        if (asked["code_challenge_method"] != "S256" || asked["response_type"] != "code")
        {
            return Results.BadRequest("the request is not a code request with S256");
        }
        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        LastRequest = asked;
        _codes[code] = (asked["code_challenge"], asked["redirect_uri"], thumbprint);
        return Results.Redirect(
            $"{asked["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(StateInResponse ?? asked["state"])}"
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

    private async Task<IResult> Push(HttpContext context)
    {
        var form = await FormOf(context);
        if (Proofs.LacksNonce(context))
        {
            return Refused("use_dpop_nonce");
        }
        if (!IsAssertion(form.GetValueOrDefault("client_assertion", "")) || Proofs.FaultOf(context, Address, null, out var by) is not null)
        {
            return Refused("invalid_dpop_proof");
        }
        return Results.Json(new { request_uri = Pushed.Keep(form, by), expires_in = 90 }, statusCode: 201);
    }

    private async Task<IResult> Revoke(HttpContext context)
    {
        var form = await FormOf(context);
        if (!IsAssertion(form.GetValueOrDefault("client_assertion", "")))
        {
            return Refused("invalid_client");
        }
        Revoked.Enqueue(form["token"]);
        _refreshTokens.TryRemove(form["token"], out _);
        return Results.Ok();
    }

    private async Task<IResult> Token(HttpContext context)
    {
        var form = await FormOf(context);
        var certificate = await context.Connection.GetClientCertificateAsync();
        var (by, fault) = ("", (string?)null);
        if (certificate is null)
        {
            if (Proofs.LacksNonce(context))
            {
                return Refused("use_dpop_nonce");
            }
            fault = Proofs.FaultOf(context, Address, null, out by) is null ? null : "invalid_dpop_proof";
        }
        TokenRequests.Enqueue(form);
        fault ??= TokenError ?? FaultOf(form, by, certificate);
        if (fault is not null)
        {
            return Refused(fault);
        }
        return Results.Json(new
        {
            access_token = AccessToken(),
            token_type = TokenType ?? (certificate is null ? "DPoP" : "Bearer"),
            expires_in = ExpiresIn,
            refresh_token = form["grant_type"] == "authorization_code" || RotatesRefreshTokens ? RefreshToken(by) : null,
        });
    }

    private static async Task<Dictionary<string, string>> FormOf(HttpContext context) =>
        (await context.Request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString());

    private static IResult Refused(string error) => Results.Json(new { error, error_description = "said the fake" }, statusCode: 400);

    private string RefreshToken(string thumbprint)
    {
        var token = "refresh-" + TokenRequests.Count;
        _refreshTokens[token] = thumbprint;
        return token;
    }

    private string? FaultOf(Dictionary<string, string> form, string by, X509Certificate2? certificate)
    {
        if (form.TryGetValue("client_assertion", out var assertion) ? !IsAssertion(assertion) : certificate is null)
        {
            return "invalid_client";
        }
        return form["grant_type"] switch
        {
            "authorization_code" => _codes.TryRemove(form["code"], out var grant)
                && grant.RedirectUri == form["redirect_uri"] && grant.Thumbprint == by
                && grant.Challenge == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"])))
                    ? null : "invalid_grant",
            "refresh_token" => _refreshTokens.GetValueOrDefault(form["refresh_token"]) == by ? null : "invalid_grant",
            "client_credentials" => null,
            _ => "unsupported_grant_type",
        };
    }

    /// <summary>A refresh token as of an earlier sign-in with this key.</summary>
    public string RefreshTokenFor(SigningKey key)
    {
        _refreshTokens["refresh-0"] = DpopProof.Thumbprint(key);
        return "refresh-0";
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
