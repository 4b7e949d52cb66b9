namespace CorpSecure.DevHost.Postgres;

/// <summary>PEM files a server shows, and the authority its clients trust.</summary>
public sealed record ServerCertificate(string CertificateFile, string KeyFile, string AuthorityFile);

/// <summary>How a private cluster is made and started.</summary>
public sealed record PostgresClusterOptions
{
    /// <summary>Where the cluster lives; none makes a temporary one that is deleted when disposed.</summary>
    public string? Directory { get; init; }

    /// <summary>0 takes a free port.</summary>
    public int Port { get; init; }

    /// <summary>With it, every connection is TLS and verifies the server's name.</summary>
    public ServerCertificate? ServerCertificate { get; init; }

    public int MaxConnections { get; init; } = 300;

    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(30);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Is told what a user would want to know: an installation, a directory elsewhere.</summary>
    public Action<string> Say { get; init; } = _ => { };
}

/// <summary>How the server is asked to stop.</summary>
public enum StopMode
{
    /// <summary>Waits for clients to leave.</summary>
    Smart,

    /// <summary>Ends the sessions, rolls back, shuts down cleanly.</summary>
    Fast,

    /// <summary>Drops everything at once; the next start recovers from the write-ahead log.</summary>
    Immediate,
}
