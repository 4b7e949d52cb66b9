using System.Security.Cryptography;
using System.Text;

namespace CorpSecure.Gateway.Certificates;

/// <summary>Files whose content is in force, and is taken anew when it changes and is good.</summary>
public abstract class Watched(string name, IReadOnlyList<string> files)
{
    /// <summary>As metrics and log lines call it.</summary>
    public string Name => name;

    public IReadOnlyList<string> Files => files;

    /// <summary>Why the files on disk cannot be used; null while they are what is in force.</summary>
    public string? Fault { get; protected set; }

    /// <summary>Looks at the files once more.</summary>
    public abstract Reload Refresh();
}

public enum Reload
{
    /// <summary>What is on disk is in force, or is as bad as it was.</summary>
    Unchanged,
    Renewed,

    /// <summary>Newly bad; what was loaded before stays in force.</summary>
    Kept,
}

/// <remarks>The content is compared, not times or names, so that a swapped symbolic link is noticed like a written file; all files are read before any is used.</remarks>
public sealed class Watched<T> : Watched
    where T : class
{
    private readonly Func<string[], T> parse;
    private volatile T current;
    private byte[] inForce;
    private byte[]? rejected;

    /// <exception cref="CryptographicException">The content is not good.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public Watched(string name, IReadOnlyList<string> files, Func<string[], T> parse)
        : base(name, files)
    {
        this.parse = parse;
        var texts = Read();
        inForce = Digest(texts);
        current = parse(texts);
    }

    public event Action? Changed;

    /// <summary>Swapped whole: a reader sees all of the old or all of the new.</summary>
    public T Current => current;

    public override Reload Refresh()
    {
        byte[]? digest = null;
        try
        {
            var texts = Read();
            digest = Digest(texts);
            if (digest.AsSpan().SequenceEqual(inForce))
            {
                rejected = null;
                Fault = null;
                return Reload.Unchanged;
            }

            if (rejected is not null && digest.AsSpan().SequenceEqual(rejected))
                return Reload.Unchanged;
            current = parse(texts);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            var known = Fault is not null && digest is null;
            rejected = digest;
            Fault = error.Message;
            return known ? Reload.Unchanged : Reload.Kept;
        }

        (inForce, rejected, Fault) = (digest, null, null);
        Changed?.Invoke();
        return Reload.Renewed;
    }

    private static byte[] Digest(string[] texts) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', texts)));

    private string[] Read() => [.. Files.Select(File.ReadAllText)];
}
