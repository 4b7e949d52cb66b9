namespace CorpSecure.DevHost.Postgres;

/// <summary>The two configuration files that are written anew on every start.</summary>
internal static class ClusterSettings
{
    /// <summary>Durability stays on, also for tests: the ledger's promises rest on it.</summary>
    public static string Server(int port, string socketDirectory, int maxConnections, bool tls) => $"""
        listen_addresses = '127.0.0.1'
        port = {port}
        unix_socket_directories = '{socketDirectory.Replace("'", "''")}'
        unix_socket_permissions = 0700
        max_connections = {maxConnections}
        password_encryption = 'scram-sha-256'
        fsync = on
        full_page_writes = on
        synchronous_commit = on
        logging_collector = off
        log_destination = 'stderr'
        log_line_prefix = '%m [%p] %q%u@%d '
        timezone = 'UTC'
        log_timezone = 'UTC'
        ssl = {(tls ? "on" : "off")}
        ssl_cert_file = 'corpsecure.crt'
        ssl_key_file = 'corpsecure.key'
        ssl_min_protocol_version = 'TLSv1.2'

        """;

    /// <summary>Nobody without a password, and nobody in clear where a certificate is there.</summary>
    public static string Access(bool tls) => $"""
        local all all scram-sha-256
        {(tls ? "hostssl" : "host")} all all 127.0.0.1/32 scram-sha-256

        """;
}
