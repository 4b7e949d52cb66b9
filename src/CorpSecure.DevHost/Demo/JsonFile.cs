using System.Text.Encodings.Web;
using System.Text.Json;

namespace CorpSecure.DevHost.Demo;

/// <summary>Documents for people and programs: indented, camelCase, names in their own script, 0600.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Exact = new(Camel) { PropertyNamingPolicy = null };

    public static Task WriteAsync(string file, object document, CancellationToken cancellation) => WriteAsync(file, document, Camel, cancellation);

    /// <summary>Configuration sections keep the names they have in code.</summary>
    public static Task WriteConfigurationAsync(string file, object document, CancellationToken cancellation) => WriteAsync(file, document, Exact, cancellation);

    private static Task WriteAsync(string file, object document, JsonSerializerOptions options, CancellationToken cancellation) =>
        PrivateFile.WriteAsync(file, JsonSerializer.Serialize(document, options) + "\n", cancellation);
}
