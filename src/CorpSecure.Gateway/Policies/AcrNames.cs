using System.Diagnostics.CodeAnalysis;

namespace CorpSecure.Gateway.Policies;

/// <summary>Short names of authentication context classes in the policy file.</summary>
public static class AcrNames
{
    public static bool TryGet(string name, [NotNullWhen(true)] out string? acr)
    {
        acr = name switch
        {
            "mfa" => AcrValues.MultiFactor,
            "client" => AcrValues.Client,
            "pwd" => AcrValues.Password,
            _ => null,
        };
        return acr is not null;
    }
}
