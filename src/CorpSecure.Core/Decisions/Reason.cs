namespace CorpSecure.Core.Decisions;

/// <summary>Why: a stable code, the same in the audit row, the problem document, the metric and the test.</summary>
/// <param name="Status">The HTTP status when this reason decides.</param>
/// <param name="Retryable">Whether the same intent may succeed later or after what the title asks for.</param>
/// <param name="Title">For people; never a threshold, never which factor was wrong.</param>
/// <param name="ToldAs">The code that the caller is told instead, where this one would help a forger.</param>
public sealed record Reason(string Code, int Status, string Title, bool Retryable = false, string? ToldAs = null)
{
    /// <summary>What the caller is told.</summary>
    public string Told => ToldAs ?? Code;

    public override string ToString() => Code;
}
