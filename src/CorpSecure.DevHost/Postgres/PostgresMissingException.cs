namespace CorpSecure.DevHost.Postgres;

/// <summary>No PostgreSQL 15 or newer is here and none could be installed; the message ends with the command to type.</summary>
public sealed class PostgresMissingException(string message) : Exception(message);
