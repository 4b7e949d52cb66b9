using System.Collections.Immutable;

namespace CorpSecure.Core.Policies;

/// <summary>One route and what it demands.</summary>
public sealed record RoutePolicy
{
    /// <summary>What begins so is the gateway's own; nothing of the core's does.</summary>
    public const string OwnPrefix = "/gateway/v1/";

    /// <summary>As does this, where standards put what everybody may read (RFC 8615).</summary>
    public const string WellKnownPrefix = "/.well-known/";

    public required string Name { get; init; }

    public required ImmutableArray<string> Methods { get; init; }

    public required PathTemplate Path { get; init; }

    /// <summary>One of them is enough.</summary>
    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>Authentication context classes that suffice.</summary>
    public required ImmutableArray<string> Acr { get; init; }

    /// <summary>Oldest sign-in that suffices.</summary>
    public required TimeSpan MaximumAge { get; init; }

    /// <summary>What a request does, such as <c>read</c> or <c>payment</c>; rate limits may count by it.</summary>
    public string Operation { get; init; } = "read";

    /// <summary>Asks for no token: anybody may read it. Its requests are counted, not recorded one by one.</summary>
    public bool Public { get; init; }

    public bool Signed { get; init; }

    /// <summary>The request is signed by the key that its body brings to be registered.</summary>
    public bool Enrolment { get; init; }

    public bool IdempotencyKey { get; init; }

    /// <summary>Null: the route takes no body.</summary>
    public BodyPolicy? Body { get; init; }

    /// <summary>Accounts the user must be entitled to.</summary>
    public ImmutableArray<AccountReference> Accounts { get; init; } = [];

    /// <summary>Answers up to this many bytes are held until their outcome is recorded; 0 streams them.</summary>
    public int BufferedAnswer { get; init; }

    /// <summary>Answered by the gateway itself and never forwarded.</summary>
    public bool Own => IsOwn(Path.Text);

    /// <summary>The request changes something.</summary>
    public bool Unsafe => !Methods.All(method => method is "GET" or "HEAD");

    public static bool IsOwn(string path) =>
        path.StartsWith(OwnPrefix, StringComparison.Ordinal) || path.StartsWith(WellKnownPrefix, StringComparison.Ordinal);
}

/// <param name="Limit">Bytes.</param>
/// <param name="ContentTypes">Media types, lower case, without parameters.</param>
public sealed record BodyPolicy(int Limit, ImmutableArray<string> ContentTypes);

/// <param name="Parameter">Name of a path parameter; null when in the body.</param>
/// <param name="Pointer">JSON pointer into the body; null when in the path.</param>
public sealed record AccountReference(string? Parameter, string? Pointer, string Permission);
