using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace CorpSecure.Identity.Mtls;

/// <summary>How a client's certificate names it: one of RFC 8705's <c>tls_client_auth_subject_dn</c> and <c>tls_client_auth_san_dns</c>.</summary>
public sealed record TlsClientName(string? SubjectDn, string? SanDns)
{
    private const string Property = "corpsecure:tls-client";

    public void Store(IDictionary<string, JsonElement> properties) => properties[Property] = JsonSerializer.SerializeToElement(this);

    public static TlsClientName? Of(ImmutableDictionary<string, JsonElement> properties) =>
        properties.TryGetValue(Property, out var stored) ? stored.Deserialize<TlsClientName>() : null;

    public static bool IsDistinguishedName(string text)
    {
        try
        {
            return Parts(Parse(text)).Any();
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public bool IsIn(X509Certificate2 certificate) =>
        SubjectDn is not null ? Parts(Parse(SubjectDn)).SequenceEqual(Parts(certificate.SubjectName))
        : SanDns is not null && certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .Any(names => names.EnumerateDnsNames().Contains(SanDns, StringComparer.OrdinalIgnoreCase));

    // RFC 4514 writes the most specific part first, the encoding has it last.
    private static X500DistinguishedName Parse(string text) => new(text, X500DistinguishedNameFlags.Reversed);

    // By value and not by bytes: authorities choose freely among the kinds of strings.
    private static IEnumerable<(string Type, string Value)> Parts(X500DistinguishedName name) =>
        from part in name.EnumerateRelativeDistinguishedNames(reversed: false)
        select part.HasMultipleElements ? ("several", Convert.ToHexString(part.RawData.Span)) : (part.GetSingleElementType().Value ?? "", part.GetSingleElementValue() ?? "");
}
