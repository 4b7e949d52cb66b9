using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CorpSecure.Gateway.Forwarding;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Protocol.Certificates;

namespace CorpSecure.Gateway.Certificates;

/// <summary>Every certificate, trust bundle and signing key in force. Each is renewed when its files change, and only as a whole.</summary>
public sealed class CertificateStore
{
    private readonly TimeProvider clock;

    /// <exception cref="StartRefusedException">With every fault of every file.</exception>
    public CertificateStore(GatewaySettings settings, TimeProvider clock)
    {
        this.clock = clock;
        var faults = new List<string>();
        var (api, ops, core) = (settings.Listeners.Api, settings.Listeners.Ops, settings.Core);
        Api = Pair(faults, "api", ("Listeners:Api:CertificateFile", api.CertificateFile), ("Listeners:Api:KeyFile", api.KeyFile), leaf => Server(leaf, settings.Gateway.Origin));
        Ops = Pair(faults, "ops", ("Listeners:Ops:CertificateFile", ops.CertificateFile), ("Listeners:Ops:KeyFile", ops.KeyFile), leaf => Server(leaf, settings.Gateway.OpsOrigin));
        Core = Pair(
            faults, "core-client", ("Core:ClientCertificateFile", core.ClientCertificateFile), ("Core:ClientKeyFile", core.ClientKeyFile),
            leaf => CertificateRules.ClientFaults(leaf, clock.GetUtcNow()));
        ApiClients = Bundle(faults, "api-client-ca", ("Listeners:Api:ClientCaFile", api.ClientCaFile));
        OpsClients = Bundle(faults, "ops-client-ca", ("Listeners:Ops:ClientCaFile", ops.ClientCaFile));
        CoreTrust = Bundle(faults, "core-ca", ("Core:CaFile", core.CaFile))!; // its setting is required
        Corporate = Bundle(faults, "issuer-corporate-ca", ("Issuers:Corporate:CaFile", settings.Issuers.Corporate.CaFile));
        Staff = Bundle(faults, "issuer-staff-ca", ("Issuers:Staff:CaFile", settings.Issuers.Staff.CaFile));
        Others = [.. settings.Issuers.Others.Select((other, i) => Bundle(faults, $"issuer-other-{i}-ca", ($"Issuers:Others:{i}:CaFile", other.CaFile)))];
        ApiCrl = Crl(faults, "api-client-crl", ("Listeners:Api:ClientCrlFile", api.ClientCrlFile), ApiClients);
        OpsCrl = Crl(faults, "ops-client-crl", ("Listeners:Ops:ClientCrlFile", ops.ClientCrlFile), OpsClients);
        AssertionKey = Open(faults, () => Forwarding.AssertionKey.Watch(settings.Gateway), ("Gateway:AssertionKeyFile", settings.Gateway.AssertionKeyFile));
        if (faults.Count > 0)
            throw new StartRefusedException([.. faults]);
    }

    public Watched<CertificatePair> Api { get; }

    public Watched<CertificatePair> Ops { get; }

    public Watched<CertificatePair> Core { get; }

    public Watched<TrustBundle>? ApiClients { get; }

    public Watched<TrustBundle>? OpsClients { get; }

    public Watched<TrustBundle> CoreTrust { get; }

    public Watched<TrustBundle>? Corporate { get; }

    public Watched<TrustBundle>? Staff { get; }

    /// <summary>In the order of their sections.</summary>
    public IReadOnlyList<Watched<TrustBundle>?> Others { get; }

    public Watched<RevocationList>? ApiCrl { get; }

    public Watched<RevocationList>? OpsCrl { get; }

    public Watched<AssertionKey> AssertionKey { get; }

    public IEnumerable<Watched> All => new Watched?[] { Api, Ops, Core, ApiClients, OpsClients, CoreTrust, Corporate, Staff, ApiCrl, OpsCrl, AssertionKey }.Concat(Others).OfType<Watched>();

    /// <summary>A bundle counts by the authority that ends last.</summary>
    public IEnumerable<Measurement<double>> Expiries()
    {
        foreach (var watched in All)
        {
            var end = watched switch
            {
                Watched<CertificatePair> pair => pair.Current.Leaf.NotAfter,
                Watched<TrustBundle> bundle => bundle.Current.Authorities.Max(authority => authority.NotAfter),
                _ => (DateTime?)null,
            };
            if (end is { } time)
                yield return new((time.ToUniversalTime() - clock.GetUtcNow().UtcDateTime).TotalSeconds, new KeyValuePair<string, object?>("certificate", watched.Name));
        }
    }

    public IEnumerable<Measurement<int>> Stale() =>
        All.Select(watched => new Measurement<int>(watched.Fault is null ? 0 : 1, new KeyValuePair<string, object?>("certificate", watched.Name)));

    private IEnumerable<string> Server(X509Certificate2 leaf, string origin) =>
        CertificateRules.ServerFaults(leaf, Uri.TryCreate(origin, UriKind.Absolute, out var uri) ? uri.Host.Trim('[', ']') : "", clock.GetUtcNow());

    private static Watched<CertificatePair> Pair(
        List<string> faults, string name, (string Key, string File) certificate, (string Key, string File) key, Func<X509Certificate2, IEnumerable<string>> rules) =>
        Open(faults, () => new Watched<CertificatePair>(name, [certificate.File, key.File], texts =>
        {
            CertificatePair pair;
            try
            {
                pair = CertificatePair.Parse(texts[0], texts[1]);
            }
            catch (Exception error) when (error is CryptographicException or ArgumentException)
            {
                throw new CryptographicException($"{certificate.File} with {key.File}: {error.Message}");
            }

            Refuse(certificate.File, rules(pair.Leaf));
            return pair;
        }), certificate, key);

    private Watched<TrustBundle>? Bundle(List<string> faults, string name, (string Key, string File) bundle) =>
        bundle.File.Length == 0 ? null : Open(faults, () => new Watched<TrustBundle>(name, [bundle.File], texts =>
        {
            var trust = TrustBundle.Parse(texts[0]);
            Refuse(bundle.File, CertificateRules.AuthorityFaults([.. trust.Authorities], clock.GetUtcNow()));
            return trust;
        }), bundle);

    private static Watched<RevocationList>? Crl(List<string> faults, string name, (string Key, string File) list, Watched<TrustBundle>? issuers) =>
        list.File.Length == 0 || issuers is null
            ? null
            : Open(faults, () => new Watched<RevocationList>(name, [list.File], _ => RevocationList.Load(list.File, [.. issuers.Current.Authorities])), list);

    private static void Refuse(string file, IEnumerable<string> faults)
    {
        if (faults.ToArray() is { Length: > 0 } found)
            throw new CryptographicException($"{file}: {string.Join("; ", found)}");
    }

    private static T Open<T>(List<string> faults, Func<T> open, params (string Key, string File)[] files)
    {
        var absent = files.Where(file => !File.Exists(file.File)).ToArray();
        faults.AddRange(absent.Select(file => file.File.Length == 0 ? $"{file.Key}: is missing" : $"{file.Key}: file not found: {file.File}"));
        if (absent.Length > 0)
            return default!;
        try
        {
            return open();
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            faults.Add($"{files[0].Key}: {error.Message}");
            return default!;
        }
    }
}
