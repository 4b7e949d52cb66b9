using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.Account;

/// <summary>Every account that is named must be granted. A foreign account does not exist.</summary>
/// <param name="stage">In the entitlement stage the path has been read, in the body stage also the body.</param>
public sealed class AccountCheck(Stage stage) : ICheck
{
    public Stage Stage => stage;

    public Finding Examine(Facts facts, Policy policy)
    {
        foreach (var account in facts.Accounts)
        {
            if (!account.Granted)
                return Finding.Deny(Reasons.AccountNotFound);
        }

        foreach (var reference in policy.Route(facts).Accounts)
        {
            if (IsKnown(reference) && !IsAnswered(reference, facts.Accounts))
                return Finding.Deny(Reasons.AccountNotFound);
        }

        return Finding.Allow;
    }

    private bool IsKnown(AccountReference reference) => stage == Stage.Body || reference.Pointer is null;

    /// <summary>What the route asks for and nobody looked up is not granted.</summary>
    private static bool IsAnswered(AccountReference reference, IReadOnlyList<AccountFacts> accounts)
    {
        foreach (var account in accounts)
        {
            if (account.Place == (reference.Pointer ?? AccountFacts.InPath) && account.Permission == reference.Permission)
                return true;
        }

        return false;
    }
}
