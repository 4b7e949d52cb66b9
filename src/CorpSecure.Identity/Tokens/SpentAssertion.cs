using System.Security.Cryptography;
using System.Text;
using CorpSecure.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CorpSecure.Identity.Tokens;

/// <summary>A client assertion that has been used, by the digest of client and <c>jti</c>.</summary>
public sealed class SpentAssertion
{
    public byte[] Digest { get; set; } = [];

    public DateTimeOffset ExpiresAt { get; set; }

    public static void Map(EntityTypeBuilder<SpentAssertion> assertion)
    {
        assertion.ToTable("spent_assertions");
        assertion.HasKey(a => a.Digest);
        assertion.Property(a => a.Digest).HasColumnName("digest");
        assertion.Property(a => a.ExpiresAt).HasColumnName("expires_at");
        assertion.HasIndex(a => a.ExpiresAt);
    }

    /// <returns>False when it was spent before, here or on another replica.</returns>
    public static async Task<bool> SpendAsync(IdentityStore store, string client, string jti, DateTimeOffset until, CancellationToken cancellation)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{client}\0{jti}"));
        return await store.Database.ExecuteSqlAsync(
            $"insert into spent_assertions (digest, expires_at) values ({digest}, {until}) on conflict do nothing", cancellation) == 1;
    }
}
