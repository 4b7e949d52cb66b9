namespace CorpSecure.DevHost.Postgres;

/// <summary>The server ended, or was not ready in time; the message holds the end of its log.</summary>
public sealed class PostgresStartException(int port, string lastWords)
    : Exception($"PostgreSQL did not start on port {port}. The end of its log:\n{lastWords}");
