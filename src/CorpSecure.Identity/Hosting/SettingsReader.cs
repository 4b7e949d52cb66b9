using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Npgsql;

namespace CorpSecure.Identity.Hosting;

/// <summary>Reads settings and keeps every fault, so that an administrator mends them all at once.</summary>
public sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> faults = [];

    public void ThrowOnFaults()
    {
        if (faults.Count > 0)
            throw new ConfigurationFaultsException(faults);
    }

    /// <summary>Whether anything is said of it at all.</summary>
    public bool Has(string key) => configuration.GetSection(key).Exists();

    /// <summary>The keys of a list's items.</summary>
    public IReadOnlyList<string> Items(string key) => [.. configuration.GetSection(key).GetChildren().Select(item => item.Path)];

    public string Text(string key)
    {
        var value = configuration[key];
        return string.IsNullOrWhiteSpace(value) ? Fault(key, "missing", "") : value;
    }

    public Realm RealmValue(string key) => Text(key) switch
    {
        "corporate" => Realm.Corporate,
        "staff" => Realm.Staff,
        "" => default,
        var other => Fault<Realm>(key, $"must be corporate or staff, not {other}", default),
    };

    public Uri? HttpsOrigin(string key)
    {
        var text = Text(key);
        if (text.Length == 0)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.AbsoluteUri == text && uri.AbsolutePath == "/"
            ? uri
            : Fault<Uri?>(key, "must be an https origin with its trailing slash, such as https://localhost:8444/", null);
    }

    public TimeSpan Duration(string key, TimeSpan fallback, TimeSpan least, TimeSpan most)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return fallback;
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : Fault(key, $"must be a duration from {least} to {most}", fallback);
    }

    public int Number(string key, int fallback, int least, int most)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return fallback;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : Fault(key, $"must be a number from {least} to {most}", fallback);
    }

    /// <summary>0 lets the system choose, for tests.</summary>
    public int Port(string key)
    {
        var text = Text(key);
        if (text.Length == 0)
            return 0;
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : Fault(key, "must be a port number", 0);
    }

    public IPAddress? Address(string key)
    {
        var text = Text(key);
        if (text.Length == 0)
            return null;
        return IPAddress.TryParse(text, out var address) ? address : Fault<IPAddress?>(key, "must be an IP address", null);
    }

    /// <summary>What a file holds, or a fault that names the key and the file, never the content.</summary>
    public T? From<T>(string key, Func<string, T> load)
        where T : class
    {
        var file = Text(key);
        if (file.Length == 0)
            return null;
        if (!File.Exists(file))
            return Fault<T?>(key, $"file not found: {Path.GetFullPath(file)}", null);
        try
        {
            return load(file);
        }
        catch (Exception error) when (error is CryptographicException or FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return Fault<T?>(key, $"{error.Message} ({Path.GetFullPath(file)})", null);
        }
    }

    /// <summary>As <see cref="From"/> for each item of a list, which may be absent; what cannot be loaded is left out, as a fault.</summary>
    public IReadOnlyList<T> EachFrom<T>(string key, Func<string, T> load)
        where T : class => [.. Items(key).Select(item => From(item, load)).OfType<T>()];

    public ServerCertificate? CertificatePair(string certificateKey, string keyKey)
    {
        var keyFile = From(keyKey, file => file);
        return From(certificateKey, file => keyFile is null ? null! : ServerCertificate.Load(file, keyFile));
    }

    public string Connection(string key)
    {
        var text = Text(key);
        try
        {
            return new NpgsqlConnectionStringBuilder(text).ConnectionString;
        }
        catch (ArgumentException)
        {
            return Fault(key, "is not a PostgreSQL connection string", "");
        }
    }

    private T Fault<T>(string key, string what, T value)
    {
        faults.Add($"{key}: {what}");
        return value;
    }
}
