using System.Text.Json;
using System.Text.Json.Serialization;

namespace CorpSecure.Identity.Import;

/// <summary>What <c>users import</c> reads. Strict: an unknown or a repeated member is a fault.</summary>
public sealed record UsersDocument
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        MaxDepth = 16,
    };

    public IReadOnlyList<ImportedUser?> Users { get; init; } = [];

    public IReadOnlyList<ImportedClient?> OauthClients { get; init; } = [];

    /// <exception cref="DocumentFaultsException">Not JSON of this shape. The message never quotes the document.</exception>
    public static UsersDocument Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<UsersDocument>(json, Strict) ?? throw new DocumentFaultsException(["the document is empty"]);
        }
        catch (JsonException error)
        {
            throw new DocumentFaultsException([$"{error.Path ?? "$"}: not what belongs there (line {error.LineNumber + 1})"]);
        }
    }
}

public sealed record ImportedUser
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>Base32, at least 128 bits (RFC 4226 section 4).</summary>
    public string? TotpSecret { get; init; }

    /// <summary>The stable id; becomes <c>sub</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>The natural person.</summary>
    public string? Person { get; init; }

    /// <summary>The corporate client; required in the corporate realm, absent in the staff realm.</summary>
    public string? Client { get; init; }

    public IReadOnlyList<string?> Roles { get; init; } = [];

    public override string ToString() => "ImportedUser(redacted)";
}

public sealed record ImportedClient
{
    public string? ClientId { get; init; }

    /// <summary>PEM; relative paths are relative to the document.</summary>
    public string? PublicKeyFile { get; init; }

    /// <summary>A public P-256 or RSA JWK, in place of the file.</summary>
    public JsonElement? Jwk { get; init; }

    public string? KeyId { get; init; }

    /// <summary>The subject of its certificate (RFC 4514), in place of a key: the client authenticates at the listener for certificates.</summary>
    public string? TlsClientAuthSubjectDn { get; init; }

    /// <summary>A DNS name in its certificate, in place of the subject.</summary>
    public string? TlsClientAuthSanDns { get; init; }

    public IReadOnlyList<string?> RedirectUris { get; init; } = [];

    /// <summary><c>authorization_code</c>, <c>refresh_token</c>, <c>client_credentials</c>.</summary>
    public IReadOnlyList<string?> Grants { get; init; } = [];

    public IReadOnlyList<string?> Scopes { get; init; } = [];

    /// <summary>A resource server: may introspect the tokens whose audience is its client id.</summary>
    public bool Introspects { get; init; }

    /// <summary>For client credentials: whose machine it is, and what its tokens say.</summary>
    public string? Client { get; init; }

    public string? Subject { get; init; }

    public string? Person { get; init; }

    public IReadOnlyList<string?> Roles { get; init; } = [];
}

/// <summary>Everything that is wrong with a document; places, never contents.</summary>
public sealed class DocumentFaultsException(IReadOnlyList<string> faults)
    : Exception("the document was not imported:\n" + string.Join('\n', faults.Select(fault => "  " + fault)))
{
    public IReadOnlyList<string> Faults => faults;
}
