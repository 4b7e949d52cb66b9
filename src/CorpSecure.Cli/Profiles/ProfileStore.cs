using System.Text.Json;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Sessions;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Cli.Profiles;

/// <summary>
/// The files of one profile: <c>HOME/NAME/profile.json</c>, <c>corporate.login.json</c>, <c>staff.login.json</c>, and beside each login
/// the private key that its tokens are bound to, <c>corporate.dpop.pem</c>, <c>staff.dpop.pem</c>.
/// HOME is $CORPSECURE_HOME or ~/.config/corpsec.
/// </summary>
internal sealed class ProfileStore(string home, string name)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Name => name;

    /// <summary>Where private keys that this program makes are kept, unless told otherwise.</summary>
    public string KeyFolder => Path.Combine(home, name, "keys");

    public string ProfileFile => Path.Combine(home, name, "profile.json");

    public static ProfileStore Open(string home, string name)
    {
        // The name becomes a folder; it must not lead out of it.
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw CliException.Usage($"'{name}' is no profile name.", "Use letters, digits, '-' and '_'.");
        }
        return new ProfileStore(home, name);
    }

    public Profile Read() => Read<Profile>(ProfileFile) ?? new Profile();

    public void Write(Profile profile) => Write(ProfileFile, profile);

    public StoredLogin? ReadLogin(Realm realm) => Read<StoredLogin>(LoginFile(realm));

    public void WriteLogin(Realm realm, StoredLogin login) => Write(LoginFile(realm), login);

    public bool DeleteLogin(Realm realm)
    {
        var exists = File.Exists(LoginFile(realm));
        File.Delete(LoginFile(realm));
        File.Delete(DpopKeyFile(realm));
        return exists;
    }

    /// <exception cref="CliException">There is none, so its tokens are of no use.</exception>
    public SoftwareSigningKey ReadDpopKey(Realm realm) => File.Exists(DpopKeyFile(realm))
        ? KeyFile.Read("dpop", DpopKeyFile(realm))
        : throw new CliException(
            ExitCode.NotSignedIn, "The key that the tokens are bound to is gone.", $"{DpopKeyFile(realm)}: no such file.", $"corpsec login --realm {realm.Name()}");

    public void WriteDpopKey(Realm realm, SoftwareSigningKey key)
    {
        PrivateFile.CreateFolder(home);
        PrivateFile.Write(DpopKeyFile(realm), key.ExportPrivatePem() + "\n");
    }

    public string DpopKeyFile(Realm realm) => Path.Combine(home, name, $"{realm.Name()}.dpop.pem");

    public string LoginFile(Realm realm) => Path.Combine(home, name, $"{realm.Name()}.login.json");

    private static T? Read<T>(string path)
        where T : class
    {
        if (!File.Exists(path))
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Format);
        }
        catch (JsonException e)
        {
            throw new CliException(ExitCode.Usage, $"{path} cannot be read.", e.Message, "Delete the file and sign in again.");
        }
    }

    private void Write<T>(string path, T content)
    {
        PrivateFile.CreateFolder(home);
        PrivateFile.Write(path, JsonSerializer.Serialize(content, Format) + "\n");
    }
}
