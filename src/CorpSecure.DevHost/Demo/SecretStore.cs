using System.Text.Json;

namespace CorpSecure.DevHost.Demo;

/// <summary>Passwords, TOTP secrets and tokens by name, made once and kept in one 0600 file.</summary>
internal sealed class SecretStore
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly string file;
    private readonly SortedDictionary<string, string> secrets;
    private bool changed;

    private SecretStore(string file, SortedDictionary<string, string> secrets) => (this.file, this.secrets) = (file, secrets);

    public static async Task<SecretStore> OpenAsync(string file, CancellationToken cancellation) => new(
        file,
        File.Exists(file)
            ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(await File.ReadAllTextAsync(file, cancellation)) ?? []
            : []);

    public string Get(string name, Func<string> make)
    {
        if (secrets.TryGetValue(name, out var secret))
            return secret;
        changed = true;
        return secrets[name] = make();
    }

    public async Task SaveAsync(CancellationToken cancellation)
    {
        if (changed)
            await PrivateFile.WriteAsync(file, JsonSerializer.Serialize(secrets, Indented) + "\n", cancellation);
        changed = false;
    }

    public override string ToString() => $"SecretStore({secrets.Count} redacted)";
}
