namespace CorpSecure.Protocol.Problems;

/// <summary>Authentication context classes: how strongly the caller was authenticated (RFC 9470).</summary>
public static class AcrValues
{
    /// <summary>One factor.</summary>
    public const string Password = "urn:corpsecure:acr:pwd";

    /// <summary>Two independent factors.</summary>
    public const string MultiFactor = "urn:corpsecure:acr:mfa";

    /// <summary>A client of its own, with <c>private_key_jwt</c>.</summary>
    public const string Client = "urn:corpsecure:acr:client";
}
