using System.Security.Cryptography;
using System.Text;

namespace CorpSecure.DevHost.Demo;

/// <summary>One line that changes when a program, a library beside it or an imported document does.</summary>
internal static class PreparationState
{
    public static string Of(IEnumerable<string> assemblies, IEnumerable<string> documents)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var library in assemblies.SelectMany(assembly => Directory.GetFiles(Path.GetDirectoryName(assembly)!, "*.dll")).Order(StringComparer.Ordinal))
            digest.AppendData(Encoding.UTF8.GetBytes($"{library} {File.GetLastWriteTimeUtc(library):O}\n"));
        foreach (var document in documents.Order(StringComparer.Ordinal))
            digest.AppendData(File.ReadAllBytes(document));
        return Convert.ToHexStringLower(digest.GetCurrentHash());
    }
}
