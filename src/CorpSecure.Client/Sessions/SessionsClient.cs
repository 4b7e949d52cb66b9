using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CorpSecure.Client.SignIn;

namespace CorpSecure.Client.Sessions;

/// <summary>A sign-in of the user, at this application or another.</summary>
/// <param name="Sid">Its name, as in the tokens' <c>sid</c>.</param>
/// <param name="StartedAt">When the user signed in.</param>
/// <param name="LastSeenAt">When it was last of use.</param>
/// <param name="EndsAt">When it ends at the latest.</param>
/// <param name="Acr">How the user signed in.</param>
/// <param name="Client">The OAuth client, where one is known.</param>
/// <param name="Address">The network address it was opened from, where one is known.</param>
/// <param name="Current">Whether it is the session of the token that was sent.</param>
public sealed record SessionDocument(
    string Sid, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, DateTimeOffset EndsAt, string Acr, string? Client, string? Address, bool Current);

/// <summary>
/// The user's sessions at the authorization server. Made for an <see cref="HttpClient"/> that went through <c>AddCorpSecure</c> with the
/// server's address as <see cref="CorpSecureOptions.Gateway"/> and tokens of the scope <see cref="Scope"/>. Methods throw
/// <see cref="SignInException"/> when refused and <see cref="HttpRequestException"/> when the server cannot be reached.
/// </summary>
/// <param name="http">The client to use.</param>
public sealed class SessionsClient(HttpClient http)
{
    /// <summary>The scope that its tokens need.</summary>
    public const string Scope = "sessions";

    private const string Path = "connect/sessions";

    /// <summary>All sessions of the user that have not ended.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<SessionDocument>> ListAsync(CancellationToken cancellationToken = default)
    {
        using var response = await http.GetAsync(new Uri(Path, UriKind.Relative), cancellationToken);
        await EnsureGrantedAsync(response, cancellationToken);
        try
        {
            return (await response.Content.ReadFromJsonAsync<SessionList>(JsonSerializerOptions.Web, cancellationToken))?.Sessions ?? throw Unreadable(null);
        }
        catch (JsonException e)
        {
            throw Unreadable(e);
        }
    }

    /// <summary>Ends a session: its tokens count no more.</summary>
    /// <param name="sid">The session.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the user has no such session.</returns>
    public async Task<bool> EndAsync(string sid, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(sid);
        using var response = await http.PostAsync(new Uri($"{Path}/{Uri.EscapeDataString(sid)}/end", UriKind.Relative), content: null, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
        await EnsureGrantedAsync(response, cancellationToken);
        return true;
    }

    /// <summary>Ends all sessions of the user, the current one with them.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task EndAllAsync(CancellationToken cancellationToken = default) => EndAsync("all", cancellationToken);

    /// <summary>Ends all sessions of the user but the current one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many were ended.</returns>
    public async Task<int> EndOthersAsync(CancellationToken cancellationToken = default)
    {
        var ended = 0;
        foreach (var session in (await ListAsync(cancellationToken)).Where(session => !session.Current))
        {
            ended += await EndAsync(session.Sid, cancellationToken) ? 1 : 0;
        }
        return ended;
    }

    private static async Task EnsureGrantedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }
        using var answer = await ServerAnswer.ReadAsync(response, response.RequestMessage!.RequestUri!, cancellationToken);
        answer.EnsureGranted();
    }

    private static HttpRequestException Unreadable(Exception? cause) =>
        new("The authorization server answered with something that cannot be read. Does it keep a list of sessions?", cause);

    private sealed record SessionList(IReadOnlyList<SessionDocument>? Sessions);
}
