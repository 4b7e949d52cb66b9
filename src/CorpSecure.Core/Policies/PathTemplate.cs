using System.Collections.Immutable;

namespace CorpSecure.Core.Policies;

/// <summary>A path such as <c>/corporate/v1/accounts/{account}</c>: literal segments, compared exactly, and named ones.</summary>
public sealed class PathTemplate
{
    private readonly ImmutableArray<(string Text, bool Named)> segments;

    private PathTemplate(string text, ImmutableArray<(string Text, bool Named)> segments)
    {
        Text = text;
        this.segments = segments;
    }

    public string Text { get; }

    public int Length => segments.Length;

    public IEnumerable<string> Parameters => segments.Where(segment => segment.Named).Select(segment => segment.Text);

    /// <summary>Sorts templates of one length by their first difference, a literal segment before a named one.</summary>
    public string Precedence => string.Concat(segments.Select(segment => segment.Named ? '1' : '0'));

    /// <summary>The path with every parameter replaced by one mark: two routes with one shape are ambiguous.</summary>
    public string Shape => string.Concat(segments.Select(segment => segment.Named ? "/{}" : "/" + segment.Text));

    /// <returns>Null when the text is not a path template.</returns>
    public static PathTemplate? TryParse(string text)
    {
        if (!text.StartsWith('/') || text.Length > 500)
            return null;
        var segments = ImmutableArray.CreateBuilder<(string, bool)>();
        foreach (var segment in text[1..].Split('/'))
        {
            var named = segment is ['{', _, .., '}'];
            var name = named ? segment[1..^1] : segment;
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~') || name is "." or "..")
                return null;
            if (named && segments.Contains((name, true)))
                return null; // a value that is checked by name must be the only one of that name
            segments.Add((name, named));
        }

        return new PathTemplate(text, segments.ToImmutable());
    }

    /// <summary>Whether a canonical path matches; parameters are reported in the order of the template.</summary>
    public bool Matches(ReadOnlySpan<char> path)
    {
        foreach (var (text, named) in segments)
        {
            if (!TryTake(ref path, out var segment) || (named ? segment.IsEmpty : !segment.SequenceEqual(text)))
                return false;
        }

        return path.IsEmpty;
    }

    /// <summary>The value of a named segment in a path that matches.</summary>
    public string Parameter(ReadOnlySpan<char> path, string name)
    {
        foreach (var (text, named) in segments)
        {
            TryTake(ref path, out var segment);
            if (named && text == name)
                return segment.ToString();
        }

        throw new ArgumentException($"{Text} has no parameter {name}", nameof(name));
    }

    public override string ToString() => Text;

    private static bool TryTake(ref ReadOnlySpan<char> path, out ReadOnlySpan<char> segment)
    {
        segment = default;
        if (path.IsEmpty || path[0] != '/')
            return false;
        path = path[1..];
        var end = path.IndexOf('/');
        segment = end < 0 ? path : path[..end];
        path = end < 0 ? [] : path[end..];
        return true;
    }
}
