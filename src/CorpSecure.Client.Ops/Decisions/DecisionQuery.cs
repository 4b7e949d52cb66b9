using System.Globalization;

namespace CorpSecure.Client.Ops.Decisions;

/// <summary>Which decisions to list. What is not set does not restrict.</summary>
public sealed record DecisionQuery
{
    /// <summary><c>Deny</c>, <c>StepUp</c>, <c>Hold</c> or <c>Allow</c>.</summary>
    public string? Verdict { get; init; }

    /// <summary>A reason code.</summary>
    public string? Reason { get; init; }

    /// <summary>A corporate client.</summary>
    public string? Client { get; init; }

    /// <summary>A user.</summary>
    public string? Subject { get; init; }

    /// <summary>The policy's name of a route.</summary>
    public string? Route { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The most decisions in a page; the server's own choice (50) when not set.</summary>
    public int? Limit { get; init; }

    /// <summary>Only decisions older than this one: <see cref="DecisionPage.Next"/> of the page before.</summary>
    public Guid? Before { get; init; }

    internal string ToQuery()
    {
        var parts = new List<string>();
        Add("verdict", Verdict);
        Add("reason", Reason);
        Add("client", Client);
        Add("subject", Subject);
        Add("route", Route);
        Add("from", From?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        Add("to", To?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        Add("limit", Limit?.ToString(CultureInfo.InvariantCulture));
        Add("before", Before?.ToString());
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }
    }
}
