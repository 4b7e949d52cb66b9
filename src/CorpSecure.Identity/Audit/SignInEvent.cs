using System.Net;
using CorpSecure.Identity.Users;
using CorpSecure.Ledger.Entries;

namespace CorpSecure.Identity.Audit;

/// <summary>What happened, as it will stand in the ledger. Names of events are stored: never rename.</summary>
public sealed record SignInEvent(EntryKind Kind, string Name)
{
    public BankUser? User { get; init; }

    /// <summary>The OAuth client.</summary>
    public string? OAuthClient { get; init; }

    /// <summary>The corporate client, where no user says it.</summary>
    public string? Client { get; init; }

    /// <summary>The sign-in session it happened to.</summary>
    public Guid? Session { get; init; }

    public string? Acr { get; init; }

    public IReadOnlyList<string> Amr { get; init; } = [];

    public string? Reason { get; init; }

    /// <summary>What the person was shown, as it was shown. Sealed.</summary>
    public string? Shown { get; init; }

    /// <summary>Sealed with the username, never in the payload.</summary>
    public IPAddress? Address { get; init; }

    public static SignInEvent SignedIn(BankUser user) => new(EntryKind.SignIn, "signed-in") { User = user };

    public static SignInEvent FactorFailed(BankUser? user) => new(EntryKind.SignIn, "factor-failed") { User = user };

    public static SignInEvent LockedOut(BankUser? user) => new(EntryKind.SignIn, "locked-out") { User = user };

    public static SignInEvent SignedOut(BankUser user) => new(EntryKind.SignIn, "signed-out") { User = user };

    /// <summary>To payments that a client asked for.</summary>
    public static SignInEvent Consent(BankUser user, bool given) => new(EntryKind.SignIn, given ? "consent-given" : "consent-refused") { User = user };

    /// <summary>Ended by its user from another session.</summary>
    public static SignInEvent SessionEnded(BankUser user) => new(EntryKind.SignIn, "session-ended") { User = user };

    public static SignInEvent TokenRevoked(string oauthClient) => new(EntryKind.Token, "token-revoked") { OAuthClient = oauthClient };

    public static SignInEvent TokenIssued(string oauthClient) => new(EntryKind.Token, "token-issued") { OAuthClient = oauthClient };
}
