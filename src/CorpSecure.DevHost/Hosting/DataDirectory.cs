using CorpSecure.DevHost.Postgres;

namespace CorpSecure.DevHost.Hosting;

/// <summary>The folders of one system. One process at a time: the lock goes with the process, however it ends.</summary>
public sealed class DataDirectory : IDisposable
{
    /// <summary>A payment to try, for a command line.</summary>
    public const string PaymentExample = "payment.json";

    private readonly FileStream heldLock;

    private DataDirectory(string root, FileStream heldLock) => (Root, this.heldLock) = (root, heldLock);

    public string Root { get; }

    public string Postgres => Path.Combine(Root, "postgres");

    public string Pki => Path.Combine(Root, "pki");

    public string Keys => Path.Combine(Root, "keys");

    public string Config => Path.Combine(Root, "config");

    public string Logs => Path.Combine(Root, "logs");

    public string PaymentFile => Path.Combine(Root, PaymentExample);

    public string DemoFile => Path.Combine(Root, "demo.json");

    /// <exception cref="ConfigurationFaultException">Another process runs on it.</exception>
    public static DataDirectory Open(string path)
    {
        var root = Path.GetFullPath(path);
        Directory.CreateDirectory(root);
        var data = new DataDirectory(root, Lock(Path.Combine(root, "lock")));
        data.MakeFolders();
        return data;
    }

    /// <summary>Deletes what this program made, and nothing else that may lie in the directory.</summary>
    public void Reset()
    {
        ClusterHome.Delete(Postgres);
        foreach (var folder in new[] { Pki, Keys, Config, Logs })
            Directory.Delete(folder, recursive: true);
        File.Delete(DemoFile);
        File.Delete(PaymentFile);
        MakeFolders();
    }

    public void Dispose() => heldLock.Dispose();

    private void MakeFolders()
    {
        foreach (var folder in new[] { Pki, Keys, Config, Logs })
        {
            Directory.CreateDirectory(folder);
            File.SetUnixFileMode(folder, Modes.Private);
        }
    }

    private static FileStream Lock(string file)
    {
        FileStream stream;
        try
        {
            // FileShare.None is flock(LOCK_EX | LOCK_NB) here; the kernel releases it with the last descriptor.
            stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException)
        {
            throw new ConfigurationFaultException(
                $"The system in {Path.GetDirectoryName(file)} is already running (process {OwnerOf(file)}). "
                + "Stop it with Ctrl-C there, or start a second one with another --data DIR and --port-offset 1000.");
        }
        // The locked file itself cannot be opened by the one who wants to know.
        File.WriteAllText(OwnerFile(file), Environment.ProcessId.ToString());
        return stream;
    }

    private static string OwnerOf(string file) => File.Exists(OwnerFile(file)) ? File.ReadAllText(OwnerFile(file)) : "unknown";

    private static string OwnerFile(string file) => file + ".owner";
}
