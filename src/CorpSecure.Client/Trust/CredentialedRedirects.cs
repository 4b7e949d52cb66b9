namespace CorpSecure.Client.Trust;

/// <summary>
/// Turns redirects off in a primary handler that the application put in place of ours: a followed redirect would take
/// the body, and on the same host the credentials, past the check of the origin.
/// </summary>
internal static class CredentialedRedirects
{
    public static void Forbid(HttpMessageHandler handler)
    {
        switch (handler)
        {
            case SocketsHttpHandler sockets:
                sockets.AllowAutoRedirect = false;
                break;
            case HttpClientHandler client:
                client.AllowAutoRedirect = false;
                break;
        }
    }
}
