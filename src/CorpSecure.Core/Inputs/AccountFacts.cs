namespace CorpSecure.Core.Inputs;

/// <param name="Place">Where it is named: <c>path</c> or a JSON pointer into the body.</param>
/// <param name="Granted">The registry entitles this user to do this with this account.</param>
public sealed record AccountFacts(string Place, string Account, string Permission, bool Granted)
{
    public const string InPath = "path";
}
