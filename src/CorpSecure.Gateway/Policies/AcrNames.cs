using System.Diagnostics.CodeAnalysis;
using CorpSecure.Protocol;

namespace CorpSecure.Gateway.Policies;

/// <summary>Short names of authentication context classes in the policy file.</summary>
public static class AcrNames
{
    public static bool TryGet(string name, [NotNullWhen(true)] out string? acr)
    {
        acr = name switch
        {
            "mfa" => Acr.MultiFactor,
            "client" => Acr.ClientCredentials,
            "pwd" => Acr.Password,
            _ => null,
        };
        return acr is not null;
    }
}
