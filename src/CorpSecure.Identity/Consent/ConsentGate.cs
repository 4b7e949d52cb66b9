using CorpSecure.Identity.Sessions;
using OpenIddict.Abstractions;

namespace CorpSecure.Identity.Consent;

public enum ConsentState
{
    Missing = 0,
    Refused,
    Given,
    NotNeeded,
}

/// <summary>Whether the person of this session has agreed to what the request asks for.</summary>
public sealed class ConsentGate(ConsentMarks marks)
{
    public ConsentState Judge(HttpRequest http, OpenIddictRequest request, SignInSession session)
    {
        if (AuthorizationDetails.Of(request) is not { } details)
            return ConsentState.NotNeeded;
        return marks.Read(http, request, details, session.Id) switch
        {
            ConsentAnswer.Approved => ConsentState.Given,
            ConsentAnswer.Refused => ConsentState.Refused,
            null => ConsentState.Missing,
            _ => ConsentState.Missing,
        };
    }
}
