using CorpSecure.Identity.Dpop;
using CorpSecure.Identity.Sessions;
using CorpSecure.Identity.Tokens;
using CorpSecure.Identity.Users;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;

namespace CorpSecure.Identity.Storage;

/// <summary>Everything one realm keeps.</summary>
public sealed class IdentityStore(DbContextOptions<IdentityStore> options) : IdentityUserContext<BankUser>(options), IDataProtectionKeyContext
{
    public DbSet<SignInSession> Sessions => Set<SignInSession>();

    public DbSet<SpentAssertion> SpentAssertions => Set<SpentAssertion>();

    public DbSet<SpentProof> SpentProofs => Set<SpentProof>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.UseOpenIddict();

        builder.Entity<BankUser>(BankUser.Map);
        builder.Entity<IdentityUserClaim<string>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<string>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<string>>().ToTable("user_tokens");
        builder.Entity<SignInSession>(SignInSession.Map);
        builder.Entity<SpentAssertion>(SpentAssertion.Map);
        builder.Entity<SpentProof>(SpentProof.Map);
        builder.Entity<DataProtectionKey>().ToTable("data_protection_keys");
        builder.Entity<OpenIddictEntityFrameworkCoreApplication>().ToTable("oauth_applications");
        builder.Entity<OpenIddictEntityFrameworkCoreAuthorization>().ToTable("oauth_authorizations");
        builder.Entity<OpenIddictEntityFrameworkCoreScope>().ToTable("oauth_scopes");
        builder.Entity<OpenIddictEntityFrameworkCoreToken>().ToTable("oauth_tokens");
    }
}
