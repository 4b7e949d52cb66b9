using System.Net;
using System.Text.RegularExpressions;

namespace CorpSecure.Cli.Demo;

/// <summary>The first form of a page, with its hidden fields, as a browser without scripts sees it.</summary>
internal sealed partial record SignInForm(string? Action, IReadOnlyDictionary<string, string> Fields)
{
    public static SignInForm? Find(string html)
    {
        var form = FormPattern().Match(html);
        if (!form.Success)
        {
            return null;
        }
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match input in InputPattern().Matches(form.Groups["body"].Value))
        {
            var attributes = Attributes(input.Groups["attributes"].Value);
            if (attributes.TryGetValue("name", out var name))
            {
                fields.TryAdd(name, attributes.GetValueOrDefault("value", ""));
            }
        }
        return new SignInForm(Attributes(form.Groups["attributes"].Value).GetValueOrDefault("action"), fields);
    }

    /// <summary>The fields to send, with those of <paramref name="values"/> filled in.</summary>
    public Dictionary<string, string> Fill(params ReadOnlySpan<(string Name, string Value)> values)
    {
        var filled = new Dictionary<string, string>(Fields);
        foreach (var (name, value) in values)
        {
            filled[name] = value;
        }
        return filled;
    }

    private static Dictionary<string, string> Attributes(string text) =>
        AttributePattern().Matches(text)
            .GroupBy(match => match.Groups["name"].Value, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => WebUtility.HtmlDecode(group.First().Groups["value"].Value.Trim('"', '\'')), StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex("""<form\b(?<attributes>[^>]*)>(?<body>.*?)</form>""", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex FormPattern();

    [GeneratedRegex("""<input\b(?<attributes>(?:"[^"]*"|'[^']*'|[^>"'])*)>""", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex InputPattern();

    [GeneratedRegex("""(?<name>[\w:-]+)\s*=\s*(?<value>"[^"]*"|'[^']*'|[^\s"'>/]+)""", RegexOptions.Singleline)]
    private static partial Regex AttributePattern();
}
