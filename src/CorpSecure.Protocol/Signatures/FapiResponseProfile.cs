using CorpSecure.Protocol.Digests;

namespace CorpSecure.Protocol.Signatures;

/// <summary>
/// The FAPI 2.0 HTTP Signatures profile for responses: a response is bound to its own status and content and to the request it
/// answers, so that it cannot be passed off as the answer to another. Immutable and thread-safe.
/// </summary>
public sealed record FapiResponseProfile
{
    /// <summary>The tag of response signatures.</summary>
    public const string Tag = "fapi-2-response";

    private static readonly ComponentIdentifier MethodOfRequest = ComponentIdentifier.Method.OfRequest();
    private static readonly ComponentIdentifier TargetOfRequest = ComponentIdentifier.TargetUri.OfRequest();
    private static readonly ComponentIdentifier DigestOfRequest = ComponentIdentifier.ContentDigest.OfRequest();
    private static readonly ComponentIdentifier SignatureOfRequest = ComponentIdentifier.Of("signature").OfRequest();
    private static readonly ComponentIdentifier InputOfRequest = ComponentIdentifier.Of("signature-input").OfRequest();

    /// <summary>How old <c>created</c> may be.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How far ahead the signer's clock may be.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The components that a signature over such a response must cover; a signer covers exactly these.</summary>
    /// <exception cref="ArgumentException">The view is not of a response with the request it answers.</exception>
    public static IReadOnlyList<ComponentIdentifier> Components(MessageView response)
    {
        if (response is not { IsResponse: true, Request: { } request })
            throw new ArgumentException("Not a response with the request it answers.", nameof(response));
        var required = new List<ComponentIdentifier>(7) { ComponentIdentifier.Status };
        if (response.Field("content-digest").Count > 0)
            required.Add(ComponentIdentifier.ContentDigest);
        required.Add(MethodOfRequest);
        required.Add(TargetOfRequest);
        if (request.Field("content-digest").Count > 0)
            required.Add(DigestOfRequest);
        // A signature alone does not say what it covers.
        if (request.Field("signature").Count > 0)
            required.Add(SignatureOfRequest);
        if (request.Field("signature-input").Count > 0)
            required.Add(InputOfRequest);
        return required;
    }

    /// <summary>Signs a response that already carries its <c>Content-Digest</c>.</summary>
    public static MessageSignature Sign(MessageSigner signer, MessageView response, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return signer.Sign(response, Components(response), new() { Created = now, Tag = Tag });
    }

    /// <summary>Verifies the signature of a response, and that the content is the one it was made for; null when both are good.</summary>
    /// <param name="response">The response as received, with the request as it was sent.</param>
    /// <param name="content">The content as received, still encoded if it was.</param>
    /// <param name="findKey">Finds the server's key by its name; null when there is none.</param>
    /// <param name="now">The time.</param>
    public SignatureFault? Verify(MessageView response, ReadOnlySpan<byte> content, Func<string, VerificationKey?> findKey, DateTimeOffset now)
    {
        if (Verify(response, hasBody: !content.IsEmpty, findKey, now) is { } fault)
            return fault;
        var digest = response.Field("content-digest");
        return digest.Count == 0 ? null : ContentDigest.Verify(digest, content);
    }

    /// <summary>Verifies the signature of a response; null when it is good. The caller verifies the content against its digest.</summary>
    /// <param name="response">The response as received, with the request as it was sent.</param>
    /// <param name="hasBody">Whether content came with it; content must be covered by a digest.</param>
    /// <param name="findKey">Finds the server's key by its name; null when there is none.</param>
    /// <param name="now">The time.</param>
    public SignatureFault? Verify(MessageView response, bool hasBody, Func<string, VerificationKey?> findKey, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(findKey);
        if (!ReceivedSignature.TryRead(response.Field("signature-input"), response.Field("signature"), Tag, out var received, out var fault))
            return fault;
        if (hasBody && response.Field("content-digest").Count == 0)
            return SignatureFault.DigestMissing;
        foreach (var component in Components(response))
            if (!received.Covers(component))
                return SignatureFault.ComponentMissing;
        if (string.IsNullOrEmpty(received.KeyId))
            return SignatureFault.KeyIdMissing;
        if (SignatureFreshness.Check(received, now, MaximumAge, ClockSkew) is { } stale)
            return stale;
        return findKey(received.KeyId) is { } key ? received.Verify(response, key) : SignatureFault.Invalid;
    }
}
