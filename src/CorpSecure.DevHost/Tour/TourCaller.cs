using CorpSecure.Protocol.Signatures;

namespace CorpSecure.DevHost.Tour;

/// <summary>Who sends a request: an access token, and a key to prove with, the token's own or a thief's.</summary>
/// <param name="Key">Null: sent as <c>Bearer</c>, without a proof.</param>
internal sealed record TourCaller(string Token, SigningKey? Key)
{
    public string Authorization => (Key is null ? "Bearer " : "DPoP ") + Token;

    public override string ToString() => "TourCaller([redacted])";
}
