using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Certificates;

namespace CorpSecure.Gateway.Forwarding;

/// <summary>Tells the core who asks, under which decision, and for exactly which bytes: a JWT of thirty seconds, accepted once.</summary>
/// <remarks>Written directly (RFC 7515 section 3.1): every request needs one, and a token library takes as long again as the signature.</remarks>
public sealed class AssertionSigner(CertificateStore certificates)
{
    public const string Header = "Corpsecure-Assertion";

    private const int SignatureLength = 64; // r and s, RFC 7518 section 3.4

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    public string Sign(Facts facts, string bodyDigest)
    {
        var key = certificates.AssertionKey.Current;
        var claims = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(claims))
            Write(json, facts, bodyDigest);

        var middle = Base64Url.GetEncodedLength(claims.WrittenCount);
        var token = new byte[key.Start.Length + middle + 1 + Base64Url.GetEncodedLength(SignatureLength)];
        key.Start.CopyTo(token, 0);
        Base64Url.EncodeToUtf8(claims.WrittenSpan, token.AsSpan(key.Start.Length));
        var signed = token.AsSpan(0, key.Start.Length + middle);
        Span<byte> signature = stackalloc byte[SignatureLength];
        key.Key.SignData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        token[signed.Length] = (byte)'.';
        Base64Url.EncodeToUtf8(signature, token.AsSpan(signed.Length + 1));
        return Encoding.ASCII.GetString(token);
    }

    private static void Write(Utf8JsonWriter json, Facts facts, string bodyDigest)
    {
        var token = facts.Token!;
        json.WriteStartObject();
        json.WriteString("iss"u8, "corpsecure-gateway"u8);
        json.WriteString("aud"u8, "core-bank"u8);
        json.WriteNumber("iat"u8, facts.At.ToUnixTimeSeconds());
        json.WriteNumber("exp"u8, (facts.At + Lifetime).ToUnixTimeSeconds());
        json.WriteString("jti"u8, facts.DecisionId);
        json.WriteString("decision_id"u8, facts.DecisionId);
        json.WriteString("sub"u8, token.Subject);
        json.WriteString("person"u8, token.Person);
        json.WriteString("client"u8, token.Client);
        json.WriteString("acr"u8, token.Acr);
        json.WriteString("htm"u8, facts.Request.Method);
        json.WriteString("target"u8, facts.Request.Target);
        json.WriteString("body_sha256"u8, bodyDigest);
        json.WriteEndObject();
    }
}
