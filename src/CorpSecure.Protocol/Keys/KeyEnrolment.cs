using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Protocol.Keys;

/// <summary>
/// How a key is brought to the gateway: the request is signed by the new key itself, so that nobody registers a key they do not
/// hold. A tag of its own keeps such a signature from being taken for the signature of an order, and the other way round.
/// </summary>
public static class KeyEnrolment
{
    /// <summary>The tag of signatures that prove possession.</summary>
    public const string Tag = "corpsecure-key-enrolment";

    /// <summary>Where keys are enrolled.</summary>
    public const string Path = "/gateway/v1/keys";

    /// <summary>The longest name of a key, in characters.</summary>
    public const int LongestName = 100;

    /// <summary>What such a request is like: it has a body, and no idempotency key, since a key is registered once anyway.</summary>
    public static RequestShape ShapeOf(bool hasDpop) => new(HasBody: true, hasDpop, NeedsIdempotencyKey: false);
}
