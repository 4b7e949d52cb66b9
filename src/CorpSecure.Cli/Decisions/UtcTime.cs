using System.CommandLine.Parsing;
using System.Globalization;

namespace CorpSecure.Cli.Decisions;

/// <summary>Times on the command line: ISO 8601, UTC unless they name an offset, whatever the machine's zone is.</summary>
internal static class UtcTime
{
    public static DateTimeOffset? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }
        result.AddError($"'{text}' is no time; write it as 2026-11-24 or 2026-11-24T09:30:00Z.");
        return null;
    }
}
