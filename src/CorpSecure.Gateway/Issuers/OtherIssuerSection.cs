using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Issuers;

/// <summary>How it becomes known that a token was revoked before its end.</summary>
public enum RevocationSource
{
    /// <summary>The issuer is asked (RFC 7662).</summary>
    Introspection,

    /// <summary>Not at all: tokens are short-lived instead.</summary>
    Lifetime,
}

/// <summary>One of <c>Issuers:Others</c>: a provider other than the embedded one, at the API's door.</summary>
public sealed class OtherIssuerSection : IssuerSection
{
    /// <summary>Before its every subject, session and token id, so that none is ever taken for another issuer's. Users are registered under it.</summary>
    public string SubjectPrefix { get; init; } = "";

    public ClaimNames Claims { get; init; } = new();

    /// <summary>From its <c>acr</c> values to <c>mfa</c>, <c>client</c> or <c>pwd</c>; others count for nothing.</summary>
    public Dictionary<string, string> AcrValues { get; init; } = [];

    public RevocationSource? Revocation { get; init; }

    public IntrospectionSection Introspection { get; init; } = new();

    /// <summary>A token with a longer life is refused.</summary>
    public TimeSpan MaximumTokenLife { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>What the claims are called that the gateway needs.</summary>
public sealed class ClaimNames
{
    public string Subject { get; init; } = "sub";

    /// <summary>The natural person.</summary>
    public string Person { get; init; } = "person";

    /// <summary>The corporate client.</summary>
    public string Client { get; init; } = "client";

    /// <summary>The OAuth client.</summary>
    public string Holder { get; init; } = "client_id";

    public string Session { get; init; } = "sid";

    public string Acr { get; init; } = "acr";

    public string Amr { get; init; } = "amr";

    public string AuthTime { get; init; } = "auth_time";
}

public sealed class IntrospectionSection
{
    public static readonly TimeSpan LongestCache = TimeSpan.FromSeconds(5);

    /// <summary>Empty: as the issuer's discovery document says.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>The gateway's name at the issuer.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>PKCS#8 key, P-256, that signs <c>private_key_jwt</c>.</summary>
    public string KeyFile { get; init; } = "";

    public string KeyId { get; init; } = "";

    /// <summary>How long an answer counts.</summary>
    public TimeSpan CacheFor { get; init; } = LongestCache;
}
