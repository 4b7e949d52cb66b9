namespace CorpSecure.Gateway.Policies;

/// <summary>The policy file as it is written.</summary>
public sealed record PolicyDocument
{
    public string Version { get; init; } = "";

    public SignaturesDocument Signatures { get; init; } = new();

    /// <summary>Routes of the API listener.</summary>
    public IReadOnlyList<RouteDocument> Routes { get; init; } = [];

    /// <summary>Routes of the ops listener.</summary>
    public IReadOnlyList<RouteDocument> OpsRoutes { get; init; } = [];

    /// <summary>Rate limits of the API listener.</summary>
    public IReadOnlyList<RateLimitDocument> RateLimits { get; init; } = [];

    /// <summary>Rate limits of the ops listener.</summary>
    public IReadOnlyList<RateLimitDocument> OpsRateLimits { get; init; } = [];
}

public sealed record SignaturesDocument
{
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan CoolingOff { get; init; } = TimeSpan.FromHours(12);
}

public sealed record RouteDocument
{
    public string Name { get; init; } = "";

    public IReadOnlyList<string> Methods { get; init; } = [];

    public string Path { get; init; } = "";

    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary><c>mfa</c>, <c>client</c> or <c>pwd</c>.</summary>
    public IReadOnlyList<string> Acr { get; init; } = [];

    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromHours(12);

    /// <summary>What a request does; without it <c>read</c> for GET and HEAD, else <c>write</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>Everybody may read it, without a token.</summary>
    public bool Public { get; init; }

    public bool Signed { get; init; }

    public bool Enrolment { get; init; }

    public bool IdempotencyKey { get; init; }

    public BodyDocument? Body { get; init; }

    public IReadOnlyList<AccountDocument> Accounts { get; init; } = [];

    public int BufferedAnswer { get; init; }
}

public sealed record BodyDocument(int Limit, IReadOnlyList<string> ContentTypes);

/// <param name="In"><c>path</c> or <c>body</c>.</param>
/// <param name="Name">Name of a path parameter, or a JSON pointer.</param>
public sealed record AccountDocument(string In, string Name, string Permission);
