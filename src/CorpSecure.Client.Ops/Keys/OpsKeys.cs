using System.Net.Http.Json;
using System.Text.Json;
using CorpSecure.Protocol.Keys;

namespace CorpSecure.Client.Ops.Keys;

/// <summary>Clients' signing keys, for the bank's security officers. Made and failing as <see cref="OpsClient"/> is.</summary>
/// <param name="http">The client to use.</param>
public sealed class OpsKeys(HttpClient http)
{
    private const string Keys = "/ops/v1/keys";

    /// <summary>Lists keys, newest first; what is not named does not restrict.</summary>
    /// <param name="client">A corporate client.</param>
    /// <param name="subject">A user.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<KeyList> ListAsync(string? client = null, string? subject = null, CancellationToken cancellationToken = default)
    {
        string[] parts = [.. new[] { ("client", client), ("subject", subject) }
            .Where(part => !string.IsNullOrEmpty(part.Item2)).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}")];
        return http.SendAsync<KeyList>(HttpMethod.Get, parts is [] ? Keys : $"{Keys}?{string.Join('&', parts)}", null, cancellationToken);
    }

    /// <summary>Revokes a key; nothing that it signs is accepted any more, at any replica, within five seconds.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="reason">One of <see cref="RevocationReasons.All"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<KeyDocument> RevokeAsync(string keyId, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        using var content = JsonContent.Create(new RevocationDocument(reason), options: JsonSerializerOptions.Web);
        return await http.SendAsync<KeyDocument>(HttpMethod.Post, $"{Keys}/{Uri.EscapeDataString(keyId)}/revoke", content, cancellationToken);
    }
}
