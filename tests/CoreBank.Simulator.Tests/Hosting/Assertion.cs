using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace CoreBank.Simulator.Tests.Hosting;

/// <summary>An assertion as the gateway makes it, to be spoilt by tests before it is signed. Signed here by hand, so that no library keeps a test from being wrong.</summary>
public sealed class Assertion
{
    public Dictionary<string, object?> Header { get; } = [];

    public Dictionary<string, object?> Claims { get; } = [];

    public Func<byte[], byte[]> Sign { get; set; } = _ => [];

    public static Assertion For(string method, string target, byte[] body, DateTimeOffset at, string client, ECDsa key)
    {
        var id = Guid.CreateVersion7().ToString("D");
        var assertion = new Assertion { Sign = data => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) };
        assertion.Header["alg"] = "ES256";
        assertion.Header["typ"] = "corpsecure-assertion+jwt";
        assertion.Header["kid"] = Core.KeyId;
        assertion.Claims["iss"] = "corpsecure-gateway";
        assertion.Claims["aud"] = "core-bank";
        assertion.Claims["iat"] = at.ToUnixTimeSeconds();
        assertion.Claims["exp"] = at.ToUnixTimeSeconds() + 30;
        assertion.Claims["jti"] = id;
        assertion.Claims["sub"] = "user-1";
        assertion.Claims["person"] = "person-1";
        assertion.Claims["client"] = client;
        assertion.Claims["acr"] = "urn:corpsecure:acr:mfa";
        assertion.Claims["decision_id"] = id;
        assertion.Claims["htm"] = method;
        assertion.Claims["target"] = target;
        assertion.Claims["body_sha256"] = Base64Url.EncodeToString(SHA256.HashData(body));
        return assertion;
    }

    public string ToCompact()
    {
        var signed = Encode(JsonSerializer.SerializeToUtf8Bytes(Header)) + "." + Encode(JsonSerializer.SerializeToUtf8Bytes(Claims));
        return signed + "." + Encode(Sign(System.Text.Encoding.ASCII.GetBytes(signed)));
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
