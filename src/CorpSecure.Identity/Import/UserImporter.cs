using System.Security.Cryptography;
using CorpSecure.Identity.Factors;
using CorpSecure.Identity.Users;
using Microsoft.AspNetCore.Identity;
using OtpNet;

namespace CorpSecure.Identity.Import;

/// <summary>Makes users as the document says. What is already so stays untouched, so sessions survive a repeated import.</summary>
public sealed class UserImporter(UserManager<BankUser> users, IPasswordHasher<BankUser> hasher, TotpSecretCipher cipher)
{
    public async Task ImportAsync(ImportedUser wanted)
    {
        var user = await users.FindByIdAsync(wanted.Subject!);
        var isNew = user is null;
        user ??= new BankUser { Id = wanted.Subject!, SecurityStamp = NewStamp(), LockoutEnabled = true };
        user.UserName = wanted.Username;
        user.PersonId = wanted.Person!;
        user.Client = wanted.Client;
        user.Roles = [.. wanted.Roles.Select(role => role!).Distinct()];
        if (SetPassword(user, wanted.Password!) | SetTotpSecret(user, wanted.TotpSecret!))
            user.SecurityStamp = NewStamp();

        var result = isNew ? await users.CreateAsync(user) : await users.UpdateAsync(user);
        if (!result.Succeeded)
            throw new DocumentFaultsException([.. result.Errors.Select(error => $"user {wanted.Subject}: {error.Code}")]);
    }

    private bool SetPassword(BankUser user, string password)
    {
        if (user.PasswordHash is not null && hasher.VerifyHashedPassword(user, user.PasswordHash, password) == PasswordVerificationResult.Success)
            return false;
        user.PasswordHash = hasher.HashPassword(user, password);
        return true;
    }

    private bool SetTotpSecret(BankUser user, string base32)
    {
        var secret = Base32Encoding.ToBytes(base32);
        if (user.TotpSecret.Length > 0 && CryptographicOperations.FixedTimeEquals(cipher.Open(user.TotpSecret, user.Id), secret))
        {
            if (!cipher.IsCurrent(user.TotpSecret, user.Id))
                user.TotpSecret = cipher.Seal(secret, user.Id);
            return false;
        }

        user.TotpSecret = cipher.Seal(secret, user.Id);
        user.LastTotpStep = 0;
        return true;
    }

    private static string NewStamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
}
