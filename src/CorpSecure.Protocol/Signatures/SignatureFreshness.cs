namespace CorpSecure.Protocol.Signatures;

/// <summary>Judges <c>created</c> and <c>expires</c> against the clock.</summary>
internal static class SignatureFreshness
{
    public static SignatureFault? Check(ReceivedSignature received, DateTimeOffset now, TimeSpan maximumAge, TimeSpan skew)
    {
        if (received.Created is not { } created)
            return SignatureFault.CreatedMissing;
        if (created > now + skew)
            return SignatureFault.FromTheFuture;
        if (received.Expires is { } expires && (expires <= created || expires <= now - skew))
            return SignatureFault.Expired;
        return created < now - maximumAge ? SignatureFault.Expired : null;
    }
}
