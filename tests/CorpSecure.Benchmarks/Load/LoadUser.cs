using System.Text.Json;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Benchmarks.Load;

/// <summary>A registered user with a key and a token.</summary>
internal sealed record LoadUser(int Number, SoftwareSigningKey Key)
{
    public const string Client = "acme";

    public string Subject => $"user-{Number:D3}-4f2c";

    public string Person => $"person-{Number:D3}-77ab";

    public string Account => $"acc-acme-{Number:D3}";

    /// <summary>Proofs are made with it.</summary>
    public SoftwareSigningKey DpopKey { get; } = SigningKey.Generate("dpop");

    /// <summary>Bound to the certificate that every connection shows.</summary>
    public string CertificateToken { get; set; } = "";

    /// <summary>Bound to <see cref="DpopKey"/>.</summary>
    public string KeyToken { get; set; } = "";

    public static LoadUser[] Make(int count) =>
        [.. Enumerable.Range(1, count).Select(number => new LoadUser(number, SigningKey.Generate($"key-{number:D3}")))];

    /// <summary>The registry document in which they all stand.</summary>
    public static string Registry(IEnumerable<LoadUser> users) => JsonSerializer.Serialize(
        new
        {
            clients = new[] { new { id = Client, name = "Acme Industries GmbH" } },
            users = users.Select(user => new { subject = user.Subject, realm = "corporate", person = user.Person, client = Client, roles = new[] { "viewer", "maker" } }),
            entitlements = users.Select(user => new { subject = user.Subject, account = user.Account, permissions = new[] { "view", "pay" } }),
            keys = users.Select(user => new
            {
                keyId = user.Key.KeyId,
                client = Client,
                subject = user.Subject,
                algorithm = "ecdsa-p256-sha256",
                publicKeyPem = user.Key.ExportPublicPem(),
                state = "active",
            }),
        },
        JsonSerializerOptions.Web);
}
