using System.Net.Http.Json;
using System.Text.Json;
using CorpSecure.Client.Problems;
using CorpSecure.Client.Signatures;
using CorpSecure.Protocol.Keys;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Client.Keys;

/// <summary>
/// A user's signing keys at the gateway. Made for an <see cref="HttpClient"/> that went through <c>AddCorpSecure</c>. Methods throw
/// <see cref="ProblemException"/> when refused and <see cref="HttpRequestException"/> when the gateway cannot be reached.
/// </summary>
/// <param name="http">The client to use.</param>
public sealed class KeysClient(HttpClient http)
{
    /// <summary>
    /// Registers a key of this user. The request is signed by the key itself, which proves that it is at hand; the sign-in must be
    /// recent and strong. The key may sign after the bank's cooling-off: see <see cref="KeyDocument.ActiveFrom"/>.
    /// </summary>
    /// <param name="key">A key named by its thumbprint: <see cref="SigningKey.Generate(SignatureAlgorithm)"/> makes one.</param>
    /// <param name="name">What to call it in lists.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<KeyDocument> EnrolAsync(SoftwareSigningKey key, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var publicKey = key.ToVerificationKey();
        return await EnrolAsync(key, publicKey, name, cancellationToken);
    }

    /// <summary>As the other, for a key whose private part is somewhere else, such as in a hardware token.</summary>
    /// <param name="key">The key that signs, named by the thumbprint of its public part.</param>
    /// <param name="publicKey">Its public part.</param>
    /// <param name="name">What to call it in lists.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The key is named otherwise.</exception>
    public async Task<KeyDocument> EnrolAsync(SigningKey key, VerificationKey publicKey, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(publicKey);
        if (key.KeyId != publicKey.Thumbprint)
        {
            throw new ArgumentException("A key that is enrolled is named by the thumbprint of its public part.", nameof(key));
        }
        using var jwk = JsonDocument.Parse(publicKey.ExportJwk());
        using var request = new HttpRequestMessage(HttpMethod.Post, KeyEnrolment.Path)
        {
            Content = JsonContent.Create(new EnrolmentDocument(name, jwk.RootElement), options: JsonSerializerOptions.Web),
        };
        request.Options.Set(RequestSigning.Option, new RequestSigning(key, KeyEnrolment.Tag));
        return await SendAsync<KeyDocument>(request, cancellationToken);
    }

    /// <summary>The user's keys, newest first; an administrator of the client gets those of the client's other users too.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<KeyList> ListAsync(CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, KeyEnrolment.Path);
        return await SendAsync<KeyList>(request, cancellationToken);
    }

    /// <summary>Ends a key in an orderly way: nothing that it signs from now on is accepted.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<KeyDocument> RetireAsync(string keyId, CancellationToken cancellationToken = default) => EndAsync(keyId, "retire", cancellationToken);

    /// <summary>Ends a key that others may have. Needs no signature, so that it works when the key is lost.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<KeyDocument> RevokeAsync(string keyId, CancellationToken cancellationToken = default) => EndAsync(keyId, "revoke", cancellationToken);

    private async Task<KeyDocument> EndAsync(string keyId, string verb, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{KeyEnrolment.Path}/{Uri.EscapeDataString(keyId)}/{verb}");
        // The client's own key may be the very one that is gone.
        request.Options.Set(RequestSigning.Option, RequestSigning.None);
        return await SendAsync<KeyDocument>(request, cancellationToken);
    }

    private async Task<T> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await (await http.SendAsync(request, cancellationToken)).EnsureNoProblemAsync(cancellationToken);
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellationToken) ?? throw Unreadable(null);
        }
        catch (JsonException e)
        {
            throw Unreadable(e);
        }
    }

    private static HttpRequestException Unreadable(Exception? cause) =>
        new("The gateway answered with something that cannot be read. Is the address that of the gateway?", cause);
}
