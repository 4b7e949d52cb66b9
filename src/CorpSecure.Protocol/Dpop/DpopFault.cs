namespace CorpSecure.Protocol.Dpop;

/// <summary>Why a DPoP proof does not count (RFC 9449, section 4.3). For records, not for whoever sent it.</summary>
public enum DpopFault
{
    /// <summary>Nothing is wrong with it.</summary>
    None,

    /// <summary>Not one well-formed JWT that can be read in one way only.</summary>
    Malformed,

    /// <summary><c>typ</c> is not <c>dpop+jwt</c>.</summary>
    Type,

    /// <summary><c>alg</c> is not an accepted asymmetric algorithm.</summary>
    Algorithm,

    /// <summary><c>jwk</c> is not a usable public key for that algorithm.</summary>
    Key,

    /// <summary><c>jwk</c> holds a private key.</summary>
    PrivateKey,

    /// <summary>The signature is not by that key.</summary>
    Signature,

    /// <summary>A required claim is missing, or a claim is not of its type.</summary>
    Claims,

    /// <summary><c>htm</c> is another method than the request's.</summary>
    Method,

    /// <summary><c>htu</c> is another address than the request's, or has a query or fragment.</summary>
    Target,

    /// <summary><c>iat</c> is too long ago.</summary>
    Stale,

    /// <summary><c>iat</c> lies ahead of the clock.</summary>
    Future,

    /// <summary><c>ath</c> is missing, or is another token's.</summary>
    TokenHash,

    /// <summary>The key is not the one that the token is bound to.</summary>
    Thumbprint,
}
