namespace CorpSecure.Identity.Pages;

/// <summary>The same strict headers on every response.</summary>
public static class SecurityHeaders
{
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static (http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy(null);
        headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-cache, no-store";
        return next(http);
    });

    /// <summary>
    /// Browsers apply form-action to the redirects that follow a form too, so the client's own redirect target is
    /// added. It is a registered one: others could not be pushed.
    /// </summary>
    public static void AllowFormToReach(HttpContext http, ReturnUrl request)
    {
        if (Uri.TryCreate(request.RedirectUri, UriKind.Absolute, out var target))
            http.Response.Headers.ContentSecurityPolicy = Policy(target.Scheme is "https" or "http" ? target.GetLeftPart(UriPartial.Authority) : $"{target.Scheme}:");
    }

    private static string Policy(string? formTarget) =>
        $"default-src 'none'; style-src 'self'; form-action 'self'{(formTarget is null ? "" : " " + formTarget)}; frame-ancestors 'none'; base-uri 'none'";
}
