using System.Security.Claims;
using CorpSecure.Identity.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace CorpSecure.Identity.Sessions;

/// <summary>Carries nothing but the session's id; who that is stands in the register.</summary>
public static class SessionCookie
{
    public const string Scheme = "session";
    private const string SessionClaim = "sid";

    public static IServiceCollection AddSessions(this IServiceCollection services, Realm realm, SignInLimits limits)
    {
        services.AddScoped<SessionRegister>();
        services.AddScoped<SessionEndings>();
        services.AddScoped<OwnTokens>();
        services.AddScoped<TokenHolder>();
        services.AddSingleton<PendingSignInCookie>();
        services.AddSingleton<Interactions>();
        services.AddAuthentication(Scheme).AddCookie(Scheme, options =>
        {
            options.Cookie.Name = $"__Host-corpsecure-{realm.Name()}"; // ports share cookies, so realms must not share names
            options.Cookie.HttpOnly = true;
            options.Cookie.Path = "/";
            options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.ExpireTimeSpan = limits.AbsoluteSession; // the row knows better: refreshes keep a session alive too
            options.SlidingExpiration = false;
        });
        return services;
    }

    public static Task SetAsync(HttpContext http, SignInSession session) =>
        http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity([new Claim(SessionClaim, session.Id.ToString())], Scheme)));

    /// <summary>The session of this request, checked against the register, which notes its use.</summary>
    public static async Task<ActiveSession?> ReadAsync(HttpContext http)
    {
        if (!Guid.TryParse((await http.AuthenticateAsync(Scheme)).Principal?.FindFirstValue(SessionClaim), out var id))
            return null;
        return await http.RequestServices.GetRequiredService<SessionRegister>().UseAsync(id, http.RequestAborted);
    }
}
