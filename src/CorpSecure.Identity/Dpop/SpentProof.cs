using System.Security.Cryptography;
using System.Text;
using CorpSecure.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CorpSecure.Identity.Dpop;

/// <summary>A DPoP proof that has been used, by the digest of its key's thumbprint and <c>jti</c>.</summary>
public sealed class SpentProof
{
    public byte[] Digest { get; set; } = [];

    public DateTimeOffset ExpiresAt { get; set; }

    public static void Map(EntityTypeBuilder<SpentProof> proof)
    {
        proof.ToTable("spent_proofs");
        proof.HasKey(p => p.Digest);
        proof.Property(p => p.Digest).HasColumnName("digest");
        proof.Property(p => p.ExpiresAt).HasColumnName("expires_at");
        proof.HasIndex(p => p.ExpiresAt);
    }

    /// <returns>False when it was spent before, here or on another replica.</returns>
    public static async Task<bool> SpendAsync(IdentityStore store, string thumbprint, string jti, DateTimeOffset until, CancellationToken cancellation)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{thumbprint}\0{jti}"));
        return await store.Database.ExecuteSqlAsync(
            $"insert into spent_proofs (digest, expires_at) values ({digest}, {until}) on conflict do nothing", cancellation) == 1;
    }
}
