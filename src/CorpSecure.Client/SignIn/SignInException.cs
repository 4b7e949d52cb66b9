namespace CorpSecure.Client.SignIn;

/// <summary>A sign-in that was refused, or whose answer cannot be trusted.</summary>
public sealed class SignInException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="error">The stable code.</param>
    /// <param name="message">What happened, for a person.</param>
    /// <param name="inner">The cause.</param>
    public SignInException(string error, string message, Exception? inner = null)
        : base(message, inner) => Error = error;

    /// <summary>
    /// The error code of the authorization server (RFC 6749 sections 4.1.2.1 and 5.2), or one of this library:
    /// <c>issuer_mismatch</c>, <c>state_mismatch</c>, <c>invalid_metadata</c>, <c>invalid_response</c>, <c>not_signed_in</c>. <c>invalid_grant</c> at a refresh means that the session has ended;
    /// <c>use_dpop_nonce</c>, that the server refuses the very nonces that it gives.
    /// </summary>
    public string Error { get; }
}
