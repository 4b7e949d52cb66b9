using System.Buffers.Text;
using System.Text;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Protocol.Tests.Dpop;

/// <summary>Proofs as no honest client makes them: any header, any payload, signed all the same.</summary>
internal static class Forgery
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static string Jwk(SoftwareSigningKey key) =>
        Encoding.UTF8.GetString(key.ToVerificationKey().ExportJwk()).Replace(",\"use\":\"sig\"", "", StringComparison.Ordinal);

    public static string Header(SoftwareSigningKey key, string typ = "dpop+jwt", string alg = "ES256") =>
        $$"""{"typ":"{{typ}}","alg":"{{alg}}","jwk":{{Jwk(key)}}}""";

    public static string Claims(string id = "id-1", string method = "POST", string target = "https://bank.example/token", string more = "") =>
        $$"""{"jti":"{{id}}","htm":"{{method}}","htu":"{{target}}","iat":{{Now.ToUnixTimeSeconds()}}{{more}}}""";

    public static string Sign(SigningKey key, string header, string payload)
    {
        var input = $"{Text(header)}.{Text(payload)}";
        var signature = new byte[key.Algorithm.LargestSignature];
        var length = key.Sign(Encoding.ASCII.GetBytes(input), signature);
        return $"{input}.{Base64Url.EncodeToString(signature.AsSpan(0, length))}";
    }

    public static string Text(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
