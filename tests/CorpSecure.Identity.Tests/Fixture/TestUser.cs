using System.Security.Cryptography;
using CorpSecure.Identity.Import;
using OtpNet;

namespace CorpSecure.Identity.Tests.Fixture;

/// <summary>A user nobody else in the run has, so that tests do not lock out each other.</summary>
public sealed class TestUser
{
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(20);

    public string Username { get; } = $"user-{Guid.NewGuid():N}";

    public string Password { get; } = "correct horse battery staple";

    public string Subject { get; } = $"sub-{Guid.NewGuid():N}";

    public string Person { get; } = $"person-{Guid.NewGuid():N}";

    public string? Client { get; init; } = "acme";

    public string[] Roles { get; init; } = ["viewer", "maker"];

    public static async Task<TestUser> CreateAsync(IdentityFixture fixture, string[]? roles = null)
    {
        var user = new TestUser { Roles = roles ?? ["viewer", "maker"] };
        await fixture.ImportAsync(fixture.Corporate, new UsersDocument { Users = [user.ToImport()] });
        return user;
    }

    public static async Task<TestUser> CreateStaffAsync(IdentityFixture fixture)
    {
        var user = new TestUser { Client = null, Roles = ["reviewer"] };
        await fixture.ImportAsync(fixture.Staff, new UsersDocument { Users = [user.ToImport()] });
        return user;
    }

    public ImportedUser ToImport() => new()
    {
        Username = Username,
        Password = Password,
        TotpSecret = Base32Encoding.ToString(secret),
        Subject = Subject,
        Person = Person,
        Client = Client,
        Roles = Roles,
    };

    public byte[] Secret => secret;

    public string CodeAt(DateTimeOffset at) => new Totp(secret).ComputeTotp(at.UtcDateTime);

    /// <summary>A code of none of the steps around that time.</summary>
    public string WrongCodeAt(DateTimeOffset at)
    {
        var near = Enumerable.Range(-2, 5).Select(step => CodeAt(at.AddSeconds(30 * step))).ToHashSet();
        return Enumerable.Range(100_000, 10).Select(code => code.ToString()).First(code => !near.Contains(code));
    }
}
