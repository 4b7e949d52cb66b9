using System.Formats.Tar;
using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Hosting;

namespace CorpSecure.DevHost.Containers;

/// <summary>
/// What a person or a test outside the containers needs: addresses, the authority's certificate, the demo's users and their
/// keys. No key or password of a server is among it. Paths are relative to the document, wherever it is unpacked.
/// </summary>
internal static class DemoExport
{
    private const string Folder = "demo";

    public static async Task WriteAsync(DataDirectory data, DemoAddresses addresses, DemoMaterial material, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(data.Root, Folder)).FullName;
        var document = DemoDocument.Make(addresses, material, server: null, new Dictionary<string, int>());
        await CopyAsync(folder, document.CaFile, cancellation);
        foreach (var file in document.OauthClients.Select(client => client.KeyFile)
            .Concat(document.SigningKeys.Select(key => key.File))
            .Concat(document.ClientCertificates.SelectMany(each => new[] { each.CertificateFile, each.KeyFile })))
            await CopyAsync(folder, file, cancellation);
        await JsonFile.WriteAsync(Path.Combine(folder, DataDirectory.PaymentExample), PaymentExample.Make(), cancellation);
        await JsonFile.WriteAsync(Path.Combine(folder, Path.GetFileName(data.DemoFile)), document.WithPaths(Path.GetFileName), cancellation);
    }

    /// <summary>Writes it all as one tar archive.</summary>
    public static Task PackAsync(Volumes volumes, Stream output, CancellationToken cancellation)
    {
        var folder = Path.Combine(volumes.Authority, Folder);
        return Directory.Exists(folder)
            ? TarFile.CreateFromDirectoryAsync(folder, output, includeBaseDirectory: false, cancellation)
            : throw new ConfigurationFaultException("Nothing has been made yet: start the system first.");
    }

    private static async Task CopyAsync(string folder, string file, CancellationToken cancellation) =>
        await PrivateFile.WriteAsync(Path.Combine(folder, Path.GetFileName(file)), await File.ReadAllTextAsync(file, cancellation), cancellation);
}
