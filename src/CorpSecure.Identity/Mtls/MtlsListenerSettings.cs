using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CorpSecure.Identity.Hosting;
using CorpSecure.Protocol.Certificates;

namespace CorpSecure.Identity.Mtls;

/// <summary>Section <c>MtlsListener</c>: the door for client certificates (RFC 8705). Without the section there is none.</summary>
/// <param name="Origin">How clients reach it; announced in <c>mtls_endpoint_aliases</c>.</param>
/// <param name="Authorities">Who may have issued client certificates, intermediates included.</param>
/// <param name="RevocationListFile">Current lists of all of them; null when none are kept.</param>
public sealed record MtlsListenerSettings(
    IPAddress Address, int Port, Uri Origin, ServerCertificate Certificate, X509Certificate2Collection Authorities, string? RevocationListFile)
{
    private const string Section = "MtlsListener";

    internal static MtlsListenerSettings? Read(SettingsReader reader, Uri? issuer)
    {
        if (!reader.Has(Section))
            return null;
        var address = reader.Address($"{Section}:Address");
        var port = reader.Port($"{Section}:Port");
        var certificate = reader.CertificatePair($"{Section}:CertificateFile", $"{Section}:KeyFile");
        var authorities = reader.From($"{Section}:ClientCaFile", LoadAuthorities);
        var list = reader.Has($"{Section}:ClientCrlFile")
            ? reader.From($"{Section}:ClientCrlFile", file => { _ = authorities is null ? null : RevocationList.Load(file, [.. authorities]); return file; })
            : null;
        var origin = reader.Has($"{Section}:Origin") ? reader.HttpsOrigin($"{Section}:Origin") : new UriBuilder(issuer ?? new Uri("https://localhost/")) { Port = port }.Uri;
        return new MtlsListenerSettings(address ?? IPAddress.Loopback, port, origin!, certificate!, authorities!, list);
    }

    private static X509Certificate2Collection LoadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? authorities : throw new CryptographicException("must hold at least one certificate in PEM");
    }
}
