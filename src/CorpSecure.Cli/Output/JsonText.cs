using System.Text.Encodings.Web;
using System.Text.Json;

namespace CorpSecure.Cli.Output;

/// <summary>JSON for scripts: camelCase, names in other scripts readable, absent values written as null.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Page = new(Line) { WriteIndented = true };

    public static string OfOne<T>(T value) => JsonSerializer.Serialize(value, Page);

    public static string OfLine<T>(T value) => JsonSerializer.Serialize(value, Line);
}
