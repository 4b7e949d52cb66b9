using CorpSecure.Identity.Sessions;
using OpenIddict.Abstractions;

namespace CorpSecure.Identity.Consent;

/// <summary>How well a person must have signed in for a request.</summary>
public static class AssuranceDemand
{
    /// <summary>Who approves a payment has shown two factors, whatever the client asks for.</summary>
    public static string Of(OpenIddictRequest request) =>
        AuthorizationDetails.Of(request) is null ? Acr.Demanded(request.GetAcrValues()) : Acr.TwoFactors;
}
