using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Signatures;

/// <summary>The metadata that is signed with the components (RFC 9421, section 2.3). Null means absent.</summary>
public sealed record SignatureParameters
{
    /// <summary>When the signature was made, in whole seconds.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it ceases to be valid, in whole seconds.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>A value never used before with the key.</summary>
    public string? Nonce { get; init; }

    /// <summary>The registered name of the algorithm.</summary>
    public string? Algorithm { get; init; }

    /// <summary>The registered name of the key.</summary>
    public string? KeyId { get; init; }

    /// <summary>What the signature is for, such as <c>fapi-2-request</c>.</summary>
    public string? Tag { get; init; }

    internal FieldParameters ToField()
    {
        var entries = new List<KeyValuePair<string, BareItem>>(6);
        if (Created is { } created)
            entries.Add(new("created", BareItem.Integer(created.ToUnixTimeSeconds())));
        if (Expires is { } expires)
            entries.Add(new("expires", BareItem.Integer(expires.ToUnixTimeSeconds())));
        Add(entries, "nonce", Nonce);
        Add(entries, "alg", Algorithm);
        Add(entries, "keyid", KeyId);
        Add(entries, "tag", Tag);
        return new([.. entries], hasDuplicates: false);
    }

    private static void Add(List<KeyValuePair<string, BareItem>> entries, string name, string? value)
    {
        if (value is not null)
            entries.Add(new(name, BareItem.String(value)));
    }
}
