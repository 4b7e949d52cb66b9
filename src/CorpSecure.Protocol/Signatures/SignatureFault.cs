namespace CorpSecure.Protocol.Signatures;

/// <summary>Why a message signature or content digest was refused. <see cref="SignatureFaultCodes.Code"/> gives the stable code.</summary>
public enum SignatureFault : byte
{
    /// <summary>No signature, or none with the wanted tag.</summary>
    Missing = 1,

    /// <summary>A field or parameter that the grammar or this profile does not allow.</summary>
    Malformed,

    /// <summary>More than one signature with the wanted tag.</summary>
    Ambiguous,

    /// <summary>A component that policy requires is not covered, or a covered one is not in the message.</summary>
    ComponentMissing,

    /// <summary>A component or component parameter this implementation does not know, or one that makes no sense in this message.</summary>
    ComponentUnknown,

    /// <summary>No <c>created</c>.</summary>
    CreatedMissing,

    /// <summary>Older than policy allows, or past its <c>expires</c>.</summary>
    Expired,

    /// <summary>Created later than clocks may differ.</summary>
    FromTheFuture,

    /// <summary>No <c>nonce</c>.</summary>
    NonceMissing,

    /// <summary>No <c>keyid</c>.</summary>
    KeyIdMissing,

    /// <summary><c>alg</c> and the registered key disagree.</summary>
    AlgorithmMismatch,

    /// <summary>The signature is not of this message by this key.</summary>
    Invalid,

    /// <summary>No <c>Content-Digest</c>.</summary>
    DigestMissing,

    /// <summary>A <c>Content-Digest</c> that is not a dictionary of byte sequences.</summary>
    DigestMalformed,

    /// <summary>No digest in an algorithm accepted here.</summary>
    DigestUnsupported,

    /// <summary>A digest of other bytes.</summary>
    DigestMismatch,
}

/// <summary>The stable codes: the same in problem documents, audit rows, metrics and tests.</summary>
public static class SignatureFaultCodes
{
    /// <summary>The code of a fault.</summary>
    public static string Code(this SignatureFault fault) => fault switch
    {
        SignatureFault.Missing => "signature.missing",
        SignatureFault.Malformed => "signature.malformed",
        SignatureFault.Ambiguous => "signature.ambiguous",
        SignatureFault.ComponentMissing => "signature.component-missing",
        SignatureFault.ComponentUnknown => "signature.component-unknown",
        SignatureFault.CreatedMissing => "signature.created-missing",
        SignatureFault.Expired => "signature.expired",
        SignatureFault.FromTheFuture => "signature.from-the-future",
        SignatureFault.NonceMissing => "signature.nonce-missing",
        SignatureFault.KeyIdMissing => "signature.keyid-missing",
        SignatureFault.AlgorithmMismatch => "signature.algorithm-mismatch",
        SignatureFault.Invalid => "signature.invalid",
        SignatureFault.DigestMissing => "digest.missing",
        SignatureFault.DigestMalformed => "digest.malformed",
        SignatureFault.DigestUnsupported => "digest.unsupported",
        SignatureFault.DigestMismatch => "digest.mismatch",
    };
}
