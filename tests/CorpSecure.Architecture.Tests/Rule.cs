namespace CorpSecure.Architecture.Tests;

/// <summary>What holds in the whole repository, and a sample in which it does not.</summary>
/// <param name="Violations">Everything in a tree that breaks the rule, with its place.</param>
/// <param name="Wrong">The files of a tree that breaks it; each name and text is one sample of its own, added to <paramref name="Around"/>.</param>
internal sealed record Rule(string Name, Func<SourceTree, IEnumerable<string>> Violations, params (string Path, string Text)[] Wrong)
{
    /// <summary>Files a sample needs around it and in which nothing is wrong.</summary>
    public (string Path, string Text)[] Around { get; init; } = [];

    public override string ToString() => Name;
}
