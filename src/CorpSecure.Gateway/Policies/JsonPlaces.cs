using System.Text.Json;

namespace CorpSecure.Gateway.Policies;

/// <summary>Where each value of a JSON text stands, so that a fault can be told by line and column.</summary>
public sealed class JsonPlaces
{
    private readonly Dictionary<string, (int Line, int Column)> places = new(StringComparer.OrdinalIgnoreCase);
    private readonly byte[] json;

    /// <exception cref="JsonException">Not JSON.</exception>
    public JsonPlaces(byte[] json)
    {
        this.json = json;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        reader.Read();
        Walk(ref reader, "");
    }

    /// <summary>The place of a property path such as <c>Routes[2].Path</c>, or of its nearest parent that is there.</summary>
    public string Describe(string propertyPath)
    {
        var path = propertyPath;
        while (!places.ContainsKey(path) && path.Length > 0)
            path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        var (line, column) = places[path];
        return $"line {line}, column {column}: {(propertyPath.Length == 0 ? "(document)" : propertyPath)}";
    }

    private void Walk(ref Utf8JsonReader reader, string path)
    {
        places[path] = Place((int)reader.TokenStartIndex);
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = Name(ref reader);
                reader.Read();
                Walk(ref reader, path.Length == 0 ? name : $"{path}.{name}");
            }
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                Walk(ref reader, $"{path}[{i}]");
        }
    }

    private string Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            var (line, column) = Place((int)reader.TokenStartIndex);
            throw new JsonException("a name is not Unicode text", null, line - 1, column - 1, error);
        }
    }

    private (int Line, int Column) Place(int offset)
    {
        var before = json.AsSpan(0, offset);
        return (before.Count((byte)'\n') + 1, offset - before.LastIndexOf((byte)'\n'));
    }
}
