using Microsoft.AspNetCore.Identity;

namespace CorpSecure.Identity.Users;

/// <summary>Checks a password at the same cost whether or not there is such a user.</summary>
public sealed class PasswordCheck(IPasswordHasher<BankUser> hasher)
{
    private static readonly BankUser Nobody = new();

    // Of a password nobody knows, hashed with the same number of iterations as the real ones.
    private readonly string decoy = hasher.HashPassword(Nobody, Guid.NewGuid().ToString());

    public bool Verify(BankUser? user, string password)
    {
        var outcome = hasher.VerifyHashedPassword(user ?? Nobody, user?.PasswordHash ?? decoy, password);
        return user is not null && outcome != PasswordVerificationResult.Failed;
    }
}
