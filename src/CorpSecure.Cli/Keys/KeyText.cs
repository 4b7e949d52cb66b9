using CorpSecure.Cli.Output;
using CorpSecure.Protocol.Keys;

namespace CorpSecure.Cli.Keys;

/// <summary>Keys for people.</summary>
internal static class KeyText
{
    public static string Time(DateTimeOffset at) => $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z";

    public static void Write(IEnumerable<KeyDocument> keys, OutputFormat format, Shell shell)
    {
        if (format == OutputFormat.Json)
        {
            shell.Out.WriteLine(JsonText.OfOne(new KeyList([.. keys])));
            return;
        }
        var table = new TableText("Key", "Name", "Algorithm", "State", "Since", "Client", "Subject");
        foreach (var key in keys)
        {
            table.Add(key.KeyId, key.Name ?? "-", key.Algorithm, State(key), Time(Since(key)), key.Client, key.Subject);
        }
        table.Write(shell);
    }

    private static string State(KeyDocument key) => key switch
    {
        { State: "cooling-off", ActiveFrom: { } from } => $"cooling-off until {Time(from)}",
        { State: "revoked", RevocationReason: { } reason } => $"revoked ({reason})",
        _ => key.State,
    };

    private static DateTimeOffset Since(KeyDocument key) => key switch
    {
        { State: "revoked", RevokedAt: { } at } => at,
        { State: "retired", RetiredAt: { } at } => at,
        _ => key.CreatedAt,
    };
}
