namespace CorpSecure.Protocol.Signatures;

/// <summary>What a request is like, as far as it decides what its signature must cover.</summary>
/// <param name="HasBody">It has content.</param>
/// <param name="HasDpop">It has a <c>DPoP</c> field.</param>
/// <param name="NeedsIdempotencyKey">Policy demands an <c>Idempotency-Key</c>.</param>
public readonly record struct RequestShape(bool HasBody, bool HasDpop, bool NeedsIdempotencyKey);

/// <summary>
/// The FAPI 2.0 HTTP Signatures profile for requests: what must be covered, how fresh a signature must be, and that it carries a
/// nonce. The same list serves the signer and the verifier. Immutable and thread-safe.
/// </summary>
public sealed record FapiRequestProfile
{
    /// <summary>The tag of request signatures.</summary>
    public const string Tag = "fapi-2-request";

    /// <summary>The shortest nonce, in characters.</summary>
    public const int ShortestNonce = 16;

    /// <summary>The longest nonce, in characters.</summary>
    public const int LongestNonce = 128;

    /// <summary>How old <c>created</c> may be.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How far ahead the signer's clock may be.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Further components that policy requires.</summary>
    public IReadOnlyList<ComponentIdentifier> Extra { get; init; } = [];

    /// <summary>The components that a signature over such a request must cover; a signer covers exactly these.</summary>
    public IReadOnlyList<ComponentIdentifier> Components(RequestShape shape)
    {
        var required = new List<ComponentIdentifier>(8) { ComponentIdentifier.Method, ComponentIdentifier.TargetUri, ComponentIdentifier.Authorization };
        if (shape.HasDpop)
            required.Add(ComponentIdentifier.Dpop);
        if (shape.HasBody)
        {
            required.Add(ComponentIdentifier.ContentDigest);
            required.Add(ComponentIdentifier.ContentType);
        }
        if (shape.NeedsIdempotencyKey)
            required.Add(ComponentIdentifier.IdempotencyKey);
        foreach (var extra in Extra)
            if (!required.Contains(extra))
                required.Add(extra);
        return required;
    }

    /// <summary>Checks everything that needs no key; null when the signature may be verified.</summary>
    public SignatureFault? Check(ReceivedSignature received, RequestShape shape, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(received);
        // RFC 9421, 3.2, 4. Policy: the required components first, for they do not depend on the time.
        foreach (var component in Components(shape))
            if (!received.Covers(component))
                return SignatureFault.ComponentMissing;
        return FaultOfKeyAndNonce(received) ?? SignatureFreshness.Check(received, now, MaximumAge, ClockSkew);
    }

    private static SignatureFault? FaultOfKeyAndNonce(ReceivedSignature received)
    {
        if (string.IsNullOrEmpty(received.KeyId))
            return SignatureFault.KeyIdMissing;
        if (received.Nonce is null)
            return SignatureFault.NonceMissing;
        return received.Nonce.Length is < ShortestNonce or > LongestNonce ? SignatureFault.Malformed : null;
    }
}
