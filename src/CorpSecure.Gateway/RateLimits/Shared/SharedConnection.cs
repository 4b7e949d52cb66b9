using System.Net.Security;
using System.Security.Cryptography;
using CorpSecure.Gateway.Certificates;
using CorpSecure.Gateway.Hosting;
using StackExchange.Redis;

namespace CorpSecure.Gateway.RateLimits.Shared;

/// <summary>How the server is reached: it must not be waited for, and nothing is queued while it is away.</summary>
public static class SharedConnection
{
    /// <exception cref="StartRefusedException">A file of the section holds something else.</exception>
    public static ConfigurationOptions Options(SharedLimitsSection section)
    {
        var options = new ConfigurationOptions
        {
            ClientName = "corpsecure-gateway",
            AbortOnConnectFail = false,
            BacklogPolicy = BacklogPolicy.FailFast,
            ConnectTimeout = 1000,
            AsyncTimeout = (int)section.Timeout.TotalMilliseconds,
            ReconnectRetryPolicy = new LinearRetry(500),
            Protocol = RedisProtocol.Resp2,
            Ssl = section.Tls,
            User = section.User.Length > 0 ? section.User : null,
            Password = section.PasswordFile.Length > 0 ? File.ReadAllText(section.PasswordFile).Trim() : null,
        };
        foreach (var endpoint in section.Endpoints)
        {
            if (SharedLimitsRules.TryParse(endpoint, out var parsed))
                options.EndPoints.Add(parsed!);
        }

        if (section.CaFile.Length == 0)
            return options;
        var trust = Trust(section.CaFile).Policy;
        options.SslClientAuthenticationOptions = host => new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = trust };
        return options;
    }

    private static TrustBundle Trust(string file)
    {
        try
        {
            return TrustBundle.Parse(File.ReadAllText(file));
        }
        catch (CryptographicException error)
        {
            throw new StartRefusedException($"RateLimits:Shared:CaFile: {error.Message}");
        }
    }
}
