using Microsoft.EntityFrameworkCore;

namespace CorpSecure.Gateway.Registry;

/// <summary>Who may do what: the schema <c>registry</c>.</summary>
public sealed class RegistryContext(DbContextOptions<RegistryContext> options) : DbContext(options)
{
    public const string Schema = "registry";

    public DbSet<ClientRow> Clients => Set<ClientRow>();

    public DbSet<UserRow> Users => Set<UserRow>();

    public DbSet<EntitlementRow> Entitlements => Set<EntitlementRow>();

    public DbSet<KeyRow> Keys => Set<KeyRow>();

    public DbSet<VersionRow> Versions => Set<VersionRow>();

    public static DbContextOptions<RegistryContext> Options(string connectionString) =>
        new DbContextOptionsBuilder<RegistryContext>()
            .UseNpgsql(connectionString, npgsql => npgsql.MigrationsHistoryTable("migrations", Schema))
            .Options;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.Entity<ClientRow>(client =>
        {
            client.ToTable("clients", table => table.HasCheckConstraint("clients_status", "status in ('active', 'suspended')"));
            client.HasKey(row => row.Id);
            client.Property(row => row.Id).HasColumnName("id").HasMaxLength(50);
            client.Property(row => row.Name).HasColumnName("name").HasMaxLength(200);
            client.Property(row => row.Status).HasColumnName("status");
        });
        modelBuilder.Entity<UserRow>(user =>
        {
            user.ToTable("users", table =>
            {
                table.HasCheckConstraint("users_status", "status in ('active', 'suspended')");
                table.HasCheckConstraint("users_realm", "(realm = 'corporate') = (client is not null) and realm in ('corporate', 'staff')");
            });
            user.HasKey(row => new { row.Realm, row.Subject });
            user.Property(row => row.Subject).HasColumnName("subject").HasMaxLength(100);
            user.Property(row => row.Realm).HasColumnName("realm");
            user.Property(row => row.Person).HasColumnName("person").HasMaxLength(100);
            user.Property(row => row.Client).HasColumnName("client");
            user.Property(row => row.Status).HasColumnName("status");
            user.Property(row => row.Roles).HasColumnName("roles");
            user.Property(row => row.TokensFrom).HasColumnName("tokens_from");
            user.HasOne<ClientRow>().WithMany().HasForeignKey(row => row.Client);
        });
        modelBuilder.Entity<EntitlementRow>(entitlement =>
        {
            entitlement.ToTable("entitlements");
            entitlement.HasKey(row => new { row.Subject, row.Account });
            entitlement.Property(row => row.Subject).HasColumnName("subject").HasMaxLength(100);
            entitlement.Property(row => row.Account).HasColumnName("account").HasMaxLength(100);
            entitlement.Property(row => row.Permissions).HasColumnName("permissions");
        });
        modelBuilder.Entity<KeyRow>(key =>
        {
            key.ToTable("keys", table => table.HasCheckConstraint("keys_state", "state in ('active', 'retired', 'revoked')"));
            key.HasKey(row => row.KeyId);
            key.Property(row => row.KeyId).HasColumnName("key_id").HasMaxLength(100);
            key.Property(row => row.Client).HasColumnName("client");
            key.Property(row => row.Subject).HasColumnName("subject").HasMaxLength(100);
            key.Property(row => row.Algorithm).HasColumnName("algorithm");
            key.Property(row => row.PublicKeyPem).HasColumnName("public_key_pem");
            key.Property(row => row.State).HasColumnName("state");
            key.Property(row => row.Thumbprint).HasColumnName("thumbprint").HasMaxLength(43);
            key.Property(row => row.Name).HasColumnName("name").HasMaxLength(100);
            key.Property(row => row.CreatedAt).HasColumnName("created_at").HasDefaultValueSql("now()");
            key.Property(row => row.ActiveFrom).HasColumnName("active_from");
            key.Property(row => row.RetiredAt).HasColumnName("retired_at");
            key.Property(row => row.RevokedAt).HasColumnName("revoked_at");
            key.Property(row => row.RevocationReason).HasColumnName("revocation_reason").HasMaxLength(50);
            key.HasIndex(row => row.Thumbprint).IsUnique().HasDatabaseName("keys_thumbprint");
            key.HasIndex(row => row.Subject).HasDatabaseName("keys_subject");
            key.HasOne<ClientRow>().WithMany().HasForeignKey(row => row.Client);
        });
        modelBuilder.Entity<VersionRow>(version =>
        {
            version.ToTable("version", table => table.HasCheckConstraint("version_single", "id = 1"));
            version.HasKey(row => row.Id);
            version.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
            version.Property(row => row.Value).HasColumnName("value");
            version.HasData(new VersionRow { Id = 1, Value = 1 });
        });
    }
}

/// <summary>For <c>dotnet ef migrations add</c> only; it connects to nothing.</summary>
public sealed class RegistryContextDesign : Microsoft.EntityFrameworkCore.Design.IDesignTimeDbContextFactory<RegistryContext>
{
    public RegistryContext CreateDbContext(string[] args) => new(RegistryContext.Options("Host=localhost"));
}
