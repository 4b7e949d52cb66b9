using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Protocol.Tests.Signatures;

/// <summary>Keys and messages of RFC 9421, appendix B.</summary>
internal static class Rfc9421Samples
{
    public const string RequestDigest =
        "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";

    public const string ResponseDigest =
        "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:";

    public const string ClientCertificate =
        ":MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW50aWNhdGUxGzAZBgNVBAMMEkxBIEludGVybWVkaWF0ZSBD"
        + "QTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBAMMAkJDMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU"
        + "/IncWalRhebrXmckC8vdgJ1p5Be5F/3YC8OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo9M6NyMHAwCQYDVR0TBAIwADAfBgNVHSMEGDAWgBRm3WjLa38l"
        + "bEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAMCBsAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0RAQH/BBMwEYEPYmRjQGV4YW1wbGUuY29tMAoGCCqG"
        + "SM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4/Di6YK0Q6bMjeSkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:";

    private const string EllipticPem = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
        w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
        -----END PUBLIC KEY-----
        """;

    private const string RsaPssPem = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
        +QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
        oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
        gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
        Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
        aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
        2wIDAQAB
        -----END PUBLIC KEY-----
        """;

    public const string RsaPublicPem = """
        -----BEGIN RSA PUBLIC KEY-----
        MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrw
        WEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFq
        MGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZg
        kne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0P
        uKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQ
        PSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB
        -----END RSA PUBLIC KEY-----
        """;

    /// <summary>Published in the RFC for tests, like all of appendix B.</summary>
    public const string EdwardsPrivatePem = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
        -----END PRIVATE KEY-----
        """;

    private const string EdwardsPem = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
        -----END PUBLIC KEY-----
        """;

    public static byte[] SharedSecret { get; } =
        Convert.FromBase64String("uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==");

    public static VerificationKey EdwardsKey() => VerificationKey.FromPem("test-key-ed25519", EdwardsPem, SignatureAlgorithm.Ed25519);

    public static VerificationKey EllipticKey() => VerificationKey.FromPem("test-key-ecc-p256", EllipticPem);

    public static VerificationKey RsaPssKey() => VerificationKey.FromPem("test-key-rsa-pss", RsaPssPem, SignatureAlgorithm.RsaPssSha512);

    public static InMemoryMessage TestRequest() => InMemoryMessage
        .ForRequest("POST", "https://example.com/foo?param=Value&Pet=dog")
        .With("Host", "example.com")
        .With("Date", "Tue, 20 Apr 2021 02:07:55 GMT")
        .With("Content-Type", "application/json")
        .With("Content-Digest", RequestDigest)
        .With("Content-Length", "18");

    public static InMemoryMessage TestResponse() => InMemoryMessage
        .ForResponse(200, TestRequest())
        .With("Date", "Tue, 20 Apr 2021 02:07:56 GMT")
        .With("Content-Type", "application/json")
        .With("Content-Digest", ResponseDigest)
        .With("Content-Length", "23");

    public static SignatureFault? Verify(MessageView message, string input, string signature, VerificationKey key, string? tag = null) =>
        ReceivedSignature.TryRead(input, signature, tag, out var received, out var fault) ? received.Verify(message, key) : fault;

    /// <summary>The base of a message for a <c>Signature-Input</c> member, without its label.</summary>
    public static string BaseOf(MessageView message, string input)
    {
        var tag = input.Contains("tag=", StringComparison.Ordinal) ? input.Split("tag=\"")[1].Split('"')[0] : null;
        ReceivedSignature.TryRead("sig=" + input, "sig=:AAAA:", tag, out var received, out var fault).ShouldBeTrue(fault.ToString());
        SignatureBase.TryBuild(message, received.Components, input, out var text).ShouldBeNull();
        return text;
    }
}
