using System.Text.Json.Serialization;
using CorpSecure.Client.Sessions;

namespace CorpSecure.Cli.Profiles;

/// <summary>Where things are and which keys to use; no token.</summary>
internal sealed record Profile
{
    public Uri? Gateway { get; init; }

    public Uri? Ops { get; init; }

    public string? CaFile { get; init; }

    public RealmSettings? Corporate { get; init; }

    public RealmSettings? Staff { get; init; }

    public IReadOnlyList<SigningKeyFile> SigningKeys { get; init; } = [];

    public Profile WithSigningKey(SigningKeyFile key) => this with { SigningKeys = [.. SigningKeys.Where(other => other.KeyId != key.KeyId), key] };

    public RealmSettings? Of(Realm realm) => realm switch
    {
        Realm.Corporate => Corporate,
        Realm.Staff => Staff,
    };

    public Uri? AddressOf(Realm realm) => realm switch
    {
        Realm.Corporate => Gateway,
        Realm.Staff => Ops,
    };
}

/// <summary>One authorization server and this program's registration there.</summary>
internal sealed record RealmSettings(
    string Issuer, string ClientId, string ClientKeyFile, string ClientKeyId, string Scope, string RedirectPath = "/callback")
{
    private const string OfflineAccess = "offline_access";

    /// <summary>Of the scope, what tokens for the API are good for: not for the user's sessions. Null when that is all of it.</summary>
    [JsonIgnore]
    public string? ApiScope =>
        Scope.Split(' ').Contains(SessionsClient.Scope) ? string.Join(' ', Scope.Split(' ').Where(value => value != SessionsClient.Scope)) : null;

    /// <summary>The scope that also asks for a refresh token, so that a login outlives its first access token.</summary>
    public static string Lasting(string scope) =>
        scope.Split(' ').Contains(OfflineAccess) ? scope : $"{scope} {OfflineAccess}";
}

/// <param name="Algorithm">Needed for RSA keys only; others have one algorithm each.</param>
internal sealed record SigningKeyFile(string KeyId, string File, string? Algorithm = null);
