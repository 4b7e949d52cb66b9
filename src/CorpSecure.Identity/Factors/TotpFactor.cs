using System.Security.Cryptography;
using CorpSecure.Identity.Storage;
using CorpSecure.Identity.Users;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace CorpSecure.Identity.Factors;

/// <summary>RFC 6238: six digits, 30 s, one step of drift. A step is accepted once, and never an earlier one after it.</summary>
public sealed class TotpFactor(IdentityStore store, TotpSecretCipher cipher, TimeProvider clock)
{
    public const int Digits = 6;
    private const int StepSeconds = 30;
    private static readonly VerificationWindow OneStepOfDrift = new(previous: 1, future: 1);
    private static readonly byte[] Decoy = RandomNumberGenerator.GetBytes(20);

    /// <returns>The time step the code belongs to; null when it is not a code of the last, the current or the next step.</returns>
    public long? Match(BankUser? user, string code)
    {
        var secret = user is null ? (byte[])Decoy.Clone() : cipher.Open(user.TotpSecret, user.Id);
        try
        {
            var totp = new Totp(secret, StepSeconds, OtpHashMode.Sha1, Digits);
            return totp.VerifyTotp(clock.GetUtcNow().UtcDateTime, code, out var step, OneStepOfDrift) && user is not null ? step : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>One statement decides: of two submissions of one code, on any replica, exactly one wins. It also ends the row of failures.</summary>
    public async Task<bool> AcceptAsync(BankUser user, long step, CancellationToken cancellation) =>
        await store.Users
            .Where(u => u.Id == user.Id && u.LastTotpStep < step)
            .ExecuteUpdateAsync(
                set => set.SetProperty(u => u.LastTotpStep, step).SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null),
                cancellation) == 1;
}
