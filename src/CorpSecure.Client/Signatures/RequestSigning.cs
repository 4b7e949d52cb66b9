using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Client.Signatures;

/// <summary>How one request is signed, where it differs from what the client's options say.</summary>
/// <param name="Key">The key; null: not at all.</param>
/// <param name="Tag">What the signature is for.</param>
internal sealed record RequestSigning(SigningKey? Key, string Tag)
{
    public static readonly HttpRequestOptionsKey<RequestSigning> Option = new("CorpSecure.Signing");

    public static readonly RequestSigning None = new(null, FapiRequestProfile.Tag);
}
