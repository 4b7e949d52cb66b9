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

        return Finding.Allow;
    }
}
