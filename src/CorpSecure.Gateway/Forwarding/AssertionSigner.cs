using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Gateway.Forwarding;

/// <summary>Tells the core who asks, under which decision, and for exactly which bytes: a JWT of thirty seconds, accepted once.</summary>
public sealed class AssertionSigner
{
    public const string Header = "Corpsecure-Assertion";

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private static readonly Dictionary<string, object> Headers = new() { ["typ"] = "corpsecure-assertion+jwt" };

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials credentials;

    /// <exception cref="StartRefusedException">Not a P-256 private key.</exception>
    public AssertionSigner(GatewaySection settings)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(settings.AssertionKeyFile));
            key.SignHash(new byte[32]); // a public key cannot
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new StartRefusedException($"Gateway:AssertionKeyFile: {error.Message}");
        }

        if (key.KeySize != 256)
            throw new StartRefusedException("Gateway:AssertionKeyFile: a P-256 key is needed");
        credentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = settings.AssertionKeyId }, SecurityAlgorithms.EcdsaSha256);
    }

    public string Sign(Facts facts, string bodyDigest) => handler.CreateToken(Claims(facts, bodyDigest), credentials, Headers);

    private static string Claims(Facts facts, string bodyDigest)
    {
        var token = facts.Token!;
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss", "corpsecure-gateway");
            json.WriteString("aud", "core-bank");
            json.WriteNumber("iat", facts.At.ToUnixTimeSeconds());
            json.WriteNumber("exp", (facts.At + Lifetime).ToUnixTimeSeconds());
            json.WriteString("jti", facts.DecisionId);
            json.WriteString("decision_id", facts.DecisionId);
            json.WriteString("sub", token.Subject);
            json.WriteString("person", token.Person);
            json.WriteString("client", token.Client);
            json.WriteString("acr", token.Acr);
            json.WriteString("htm", facts.Request.Method);
            json.WriteString("target", facts.Request.Target);
            json.WriteString("body_sha256", bodyDigest);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
