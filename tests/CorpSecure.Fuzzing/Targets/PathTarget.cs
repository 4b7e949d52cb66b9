using System.Text;
using CorpSecure.Core.Checks.RequestShape;
using CorpSecure.Fuzzing.Running;
using static CorpSecure.Fuzzing.Running.FuzzTarget;

namespace CorpSecure.Fuzzing.Targets;

/// <summary>Request targets: what is canonical here is what a parser that normalizes makes of it.</summary>
internal static class PathTarget
{
    private static readonly string[] Words =
    [
        "/", "//", "/./", "/../", "..", ".", "\\", "%2F", "%2f", "%2E", "%5C", "%00", "%C3%A4", "%c3", "%", "?", "&", "=", "#", ";", "@", ":", " ", "+", "%20", "%25", "%2525", "%41", "http://a",
    ];

    public static FuzzTarget Create() => new("targets", 60_000, Words, input => Check(Encoding.Latin1.GetString(input), CanonicalTarget.Is), input => Check(Encoding.Latin1.GetString(input), target => target.StartsWith('/')));

    private static void Check(string target, Func<string, bool> isCanonical)
    {
        if (!isCanonical(target))
            return;
        Holds(Uri.TryCreate("https://bank.example" + target, UriKind.Absolute, out var uri), "no URI");
        Holds(uri!.PathAndQuery == target && uri.Fragment.Length == 0 && uri.Authority == "bank.example", $"normalized to {uri}");
        Holds(Uri.UnescapeDataString(uri.AbsolutePath) == uri.AbsolutePath, "the path can be unescaped");
        Holds(target.All(c => c is > ' ' and <= '~'), "not printable");
    }
}
