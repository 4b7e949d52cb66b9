using System.CommandLine;
using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Output;
using CorpSecure.Cli.Profiles;
using CorpSecure.Cli.Sessions;
using CorpSecure.Client.Keys;
using CorpSecure.Client.Problems;
using CorpSecure.Protocol.Keys;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Cli.Keys;

/// <summary><c>corpsec keys new</c></summary>
internal static class NewCommand
{
    public static Command Create(Shell shell, TimeProvider time)
    {
        var algorithm = new Option<string>("--algorithm") { Description = "What it signs with.", HelpName = AlgorithmNames.All, DefaultValueFactory = _ => "ed25519" };
        algorithm.AcceptOnlyFromAmong(AlgorithmNames.ForOption());
        var name = new Option<string>("--name") { Description = "What to call it in lists; this machine's name when absent.", HelpName = "NAME", DefaultValueFactory = _ => Environment.MachineName };
        var file = new Option<FileInfo>("--out") { Description = "Where to keep the private key; a file that is there is never overwritten. In the profile's folder when absent.", HelpName = "FILE" };
        var output = CommonOptions.Output();
        var command = new Command("new", "Make a key pair here and enrol its public part. The private key never leaves this machine.") { algorithm, name, file, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var store = parsed.Store(shell);
            using var session = Session.Open(store, Realm.Corporate, shell, time);
            using var key = Make(AlgorithmNames.Find(parsed.GetValue(algorithm)!));
            var path = parsed.GetValue(file)?.FullName ?? Path.Combine(store.KeyFolder, $"{key.KeyId}.pem");
            // Kept before it is enrolled: a key that is registered and lost would be worse than a file of no use.
            Keep(key, path);
            var enrolled = await EnrolAsync(new KeysClient(session.Http), key, parsed.GetValue(name)!, path, cancellationToken);
            store.Write(store.Read().WithSigningKey(new SigningKeyFile(key.KeyId, path, key.Algorithm.Name)));
            if (store.ReadLogin(Realm.Corporate) is { SigningKeyId: null } login)
            {
                store.WriteLogin(Realm.Corporate, login with { SigningKeyId = key.KeyId });
            }
            await WriteAsync(enrolled, path, parsed.GetValue(output), shell);
            return (int)ExitCode.Ok;
        });
        return command;
    }

    private static SoftwareSigningKey Make(SignatureAlgorithm algorithm)
    {
        while (true)
        {
            var key = SigningKey.Generate(algorithm);
            if (key.KeyId[0] != '-')
            {
                return key;
            }
            key.Dispose(); // its name would pass for an option on every command line
        }
    }

    private static void Keep(SoftwareSigningKey key, string path)
    {
        try
        {
            PrivateFile.WriteNew(path, key.ExportPrivatePem() + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Usage, "The private key cannot be kept, so nothing was enrolled.", e.Message, "Name a file that is not there yet with --out FILE.");
        }
    }

    private static async Task<KeyDocument> EnrolAsync(KeysClient keys, SoftwareSigningKey key, string name, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await keys.EnrolAsync(key, name, cancellationToken);
        }
        catch (ProblemException refused) when (refused.Status < 500)
        {
            File.Delete(path); // made a moment ago, and registered nowhere
            throw;
        }
        catch (Exception e) when (e is HttpRequestException or ProblemException or TaskCanceledException)
        {
            throw new CliException(
                ExitCode.Unavailable, $"Nobody can tell from here whether the key {key.KeyId} was enrolled.", e.Message,
                $"'corpsec keys list' tells. If it is there: corpsec profile set --signing-key '{path}' --signing-key-id {key.KeyId} (RSA: --signing-key-algorithm)");
        }
    }

    private static async Task WriteAsync(KeyDocument key, string path, OutputFormat format, Shell shell)
    {
        if (format == OutputFormat.Json)
        {
            await shell.Out.WriteLineAsync(JsonText.OfOne(new { key.KeyId, key.Algorithm, key.Name, key.State, key.ActiveFrom, file = path }));
            return;
        }
        await shell.Out.WriteLineAsync($"Enrolled {Shell.Harmless(key.KeyId)} ({Shell.Harmless(key.Algorithm)})");
        await shell.Out.WriteLineAsync($"  private key: {path}");
        await shell.Out.WriteLineAsync(key.ActiveFrom is { } from ? $"  may sign from: {KeyText.Time(from)}" : "  may sign at once");
        await shell.Out.WriteLineAsync($"  then: corpsec curl POST ... --key {Shell.Harmless(key.KeyId)}");
    }
}
