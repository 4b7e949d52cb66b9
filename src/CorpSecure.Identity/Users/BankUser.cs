using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CorpSecure.Identity.Users;

/// <summary>A login. The person behind it may have several; rules that need two people compare <see cref="PersonId"/>.</summary>
public sealed class BankUser : IdentityUser
{
    /// <summary>The natural person.</summary>
    public string PersonId { get; set; } = "";

    /// <summary>The corporate client; null for bank staff.</summary>
    public string? Client { get; set; }

    /// <summary>Informative: the gateway decides by its own registry.</summary>
    public List<string> Roles { get; set; } = [];

    /// <summary>Encrypted under the realm's key, bound to this user's id.</summary>
    public byte[] TotpSecret { get; set; } = [];

    /// <summary>The last time step whose code was accepted; only ever grows.</summary>
    public long LastTotpStep { get; set; }

    public static void Map(EntityTypeBuilder<BankUser> user)
    {
        user.ToTable("users");
        user.Property(u => u.Id).HasColumnName("id");
        user.Property(u => u.AccessFailedCount).HasColumnName("failed_attempts");
        user.Property(u => u.LockoutEnd).HasColumnName("locked_until");
        user.Property(u => u.LastTotpStep).HasColumnName("last_totp_step");
        user.Property(u => u.PersonId).HasMaxLength(100);
        user.Property(u => u.Client).HasMaxLength(100);
    }
}
