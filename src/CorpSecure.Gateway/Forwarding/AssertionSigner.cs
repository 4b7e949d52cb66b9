using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Certificates;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CorpSecure.Gateway.Forwarding;

/// <summary>Tells the core who asks, under which decision, and for exactly which bytes: a JWT of thirty seconds, accepted once.</summary>
public sealed class AssertionSigner(CertificateStore certificates)
{
    public const string Header = "Corpsecure-Assertion";

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private static readonly Dictionary<string, object> Headers = new() { ["typ"] = "corpsecure-assertion+jwt" };

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Sign(Facts facts, string bodyDigest) => handler.CreateToken(Claims(facts, bodyDigest), certificates.AssertionKey.Current.Credentials, Headers);

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
