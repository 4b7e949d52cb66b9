using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CorpSecure.Identity.Tests.Fixture;

/// <summary>Makes tokens of any kind, bad ones too, and takes good ones apart.</summary>
public static class Jwt
{
    public static string Make(object header, object payload, Func<byte[], byte[]> sign) =>
        MakeOfText(JsonSerializer.Serialize(header), JsonSerializer.Serialize(payload), sign);

    public static string MakeOfText(string header, string payload, Func<byte[], byte[]> sign)
    {
        var text = $"{Encode(header)}.{Encode(payload)}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    public static Func<byte[], byte[]> Es256(ECDsa key) => data => key.SignData(data, HashAlgorithmName.SHA256);

    public static JsonElement Header(string token) => Part(token, 0);

    public static JsonElement Payload(string token) => Part(token, 1);

    public static bool Verifies(string token, JsonElement jwk)
    {
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(jwk.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(jwk.GetProperty("y").GetString()) },
        });
        var cut = token.LastIndexOf('.');
        return key.VerifyData(Encoding.ASCII.GetBytes(token.Remove(cut)), Base64Url.DecodeFromChars(token.AsSpan(cut + 1)), HashAlgorithmName.SHA256);
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static JsonElement Part(string token, int index) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(token.Split('.')[index]));
}
