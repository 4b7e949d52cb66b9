using CorpSecure.Identity.Sessions;
using CorpSecure.Identity.Tokens;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CorpSecure.Identity.Pages;

/// <summary>The authorization request that waits for the sign-in. Nothing else is ever returned to.</summary>
public sealed class ReturnUrl
{
    private const int Longest = 8192;
    private readonly Dictionary<string, StringValues> parameters;

    private ReturnUrl(string text)
    {
        Text = text;
        parameters = QueryHelpers.ParseQuery(text[AuthorizeEndpoint.Path.Length..]);
    }

    public string Text { get; }

    /// <summary>Only decides which factors are asked for; the authorization endpoint demands again what the request says.</summary>
    public string DemandedAcr => Acr.Demanded(Parameter("acr_values").Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public string ClientId => Parameter("client_id");

    public string RedirectUri => Parameter("redirect_uri");

    /// <returns>Null for anything but our own authorization endpoint with a query.</returns>
    public static ReturnUrl? Parse(string? text) =>
        text is { Length: <= Longest } && text.StartsWith(AuthorizeEndpoint.Path + "?", StringComparison.Ordinal) && !text.Any(c => c is '\\' or '#' || char.IsControl(c))
            ? new ReturnUrl(text)
            : null;

    private string Parameter(string name) => parameters.TryGetValue(name, out var values) ? values.ToString() : "";
}
