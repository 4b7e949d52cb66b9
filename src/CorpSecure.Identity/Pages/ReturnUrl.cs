using System.Diagnostics.CodeAnalysis;
using CorpSecure.Identity.Consent;
using CorpSecure.Identity.PushedRequests;
using CorpSecure.Identity.Tokens;
using Microsoft.AspNetCore.WebUtilities;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CorpSecure.Identity.Pages;

/// <summary>The authorization request that waits for the person. Nothing else is ever returned to.</summary>
/// <param name="Reference">The <c>request_uri</c>.</param>
/// <param name="Request">As its client pushed it: what a browser could have changed does not count.</param>
public sealed record ReturnUrl(string Text, string Reference, OpenIddictRequest Request)
{
    private const int Longest = 8192;

    /// <summary>Only decides which factors are asked for; the authorization endpoint demands again what the request says.</summary>
    public string DemandedAcr => AssuranceDemand.Of(Request);

    public string ClientId => Request.ClientId!;

    /// <summary>Compared with the registered ones when the request was pushed.</summary>
    public string RedirectUri => Request.RedirectUri!;

    /// <returns>Null for anything but our own authorization endpoint with a request that waits for its answer.</returns>
    public static async Task<ReturnUrl?> FindAsync(HttpContext http, string? text)
    {
        if (!IsLocal(text))
            return null;
        var query = QueryHelpers.ParseQuery(text[AuthorizeEndpoint.Path.Length..]);
        if (!query.TryGetValue(Parameters.ClientId, out var client) || !query.TryGetValue(Parameters.RequestUri, out var reference))
            return null;
        var pushed = http.RequestServices.GetRequiredService<PushedRequestReader>();
        return await pushed.FindAsync(client.ToString(), reference.ToString(), http.RequestAborted) is { } request ? new ReturnUrl(text, reference.ToString(), request) : null;
    }

    private static bool IsLocal([NotNullWhen(true)] string? text) =>
        text is { Length: <= Longest } && text.StartsWith(AuthorizeEndpoint.Path + "?", StringComparison.Ordinal) && !text.Any(c => c is '\\' or '#' || char.IsControl(c));
}
