using System.Net.Sockets;
using Npgsql;

namespace CorpSecure.Gateway.Problems;

/// <summary>Whether the database, or the way to it, failed. EF Core wraps what Npgsql throws, so the innermost exception tells.</summary>
public static class DatabaseTrouble
{
    public static bool IsCauseOf(Exception error) => error.GetBaseException() is NpgsqlException or SocketException or IOException or TimeoutException;
}
