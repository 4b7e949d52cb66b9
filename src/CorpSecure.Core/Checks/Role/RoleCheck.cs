using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;

namespace CorpSecure.Core.Checks.Role;

/// <summary>One of the route's roles, from the registry.</summary>
public sealed class RoleCheck : ICheck
{
    public Stage Stage => Stage.Entitlement;

    public Finding Examine(Facts facts, Policy policy)
    {
        if (policy.IsPublic(facts))
            return Finding.Allow;
        var held = facts.Subject?.Roles ?? [];
        foreach (var role in policy.Route(facts).Roles)
        {
            if (held.Contains(role))
                return Finding.Allow;
        }

        return Finding.Deny(Reasons.RoleMissing);
    }
}
