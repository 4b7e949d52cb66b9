namespace CorpSecure.Protocol.StructuredFields;

/// <summary>Keys that every signed request carries, so that reading them allocates nothing.</summary>
internal static class KnownKeys
{
    public static string Intern(ReadOnlySpan<char> key) => key switch
    {
        "created" => "created",
        "expires" => "expires",
        "nonce" => "nonce",
        "keyid" => "keyid",
        "alg" => "alg",
        "tag" => "tag",
        "req" => "req",
        "sf" => "sf",
        "bs" => "bs",
        "tr" => "tr",
        "key" => "key",
        "name" => "name",
        "sig" => "sig",
        "sig1" => "sig1",
        "sha-256" => "sha-256",
        "sha-512" => "sha-512",
        _ => key.ToString(),
    };
}
