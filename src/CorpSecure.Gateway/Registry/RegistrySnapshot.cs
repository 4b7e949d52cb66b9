using System.Collections.Frozen;
using CorpSecure.Core.Inputs;
using CorpSecure.Protocol.Signatures;
using Microsoft.EntityFrameworkCore;

namespace CorpSecure.Gateway.Registry;

/// <summary>In the only order there is.</summary>
public enum KeyState
{
    Active,
    Retired,
    Revoked,
}

/// <param name="Client">The only client it signs for.</param>
/// <param name="Subject">The only user it signs for.</param>
/// <param name="ActiveFrom">Before this it signs nothing; null: it may at once.</param>
public sealed record RegisteredKey(VerificationKey Key, string PublicKeyPem, string Client, string Subject, KeyState State, DateTimeOffset? ActiveFrom);

/// <summary>The registry at one version, whole and immutable, so that every question of one request gets answers of one moment.</summary>
public sealed class RegistrySnapshot
{
    private readonly FrozenDictionary<(string Realm, string Subject), UserRow> users;
    private readonly FrozenDictionary<string, ClientRow> clients;
    private readonly FrozenDictionary<(string Subject, string Account), string[]> entitlements;
    private readonly FrozenDictionary<string, RegisteredKey> keys;
    private readonly FrozenSet<string> thumbprints;

    private RegistrySnapshot(
        long version, IEnumerable<UserRow> users, IEnumerable<ClientRow> clients, IEnumerable<EntitlementRow> entitlements,
        IEnumerable<KeyRow> keys, RegistrySnapshot? previous)
    {
        Version = version;
        this.users = users.ToFrozenDictionary(user => (user.Realm, user.Subject));
        this.clients = clients.ToFrozenDictionary(client => client.Id);
        this.entitlements = entitlements.ToFrozenDictionary(row => (row.Subject, row.Account), row => row.Permissions);
        var read = new Dictionary<string, RegisteredKey>();
        var unreadable = new List<string>();
        foreach (var row in keys)
        {
            // One row that cannot be used must not take the others with it; to use it is refused as if it were not there.
            if (Parse(row, previous?.Key(row.KeyId)) is { } key)
                read.Add(row.KeyId, key);
            else
                unreadable.Add(row.KeyId);
        }

        this.keys = read.ToFrozenDictionary();
        thumbprints = read.Values.Select(key => key.Key.Thumbprint).ToFrozenSet();
        UnreadableKeys = unreadable;
    }

    public static RegistrySnapshot Empty { get; } = new(0, [], [], [], [], null);

    public long Version { get; }

    public IReadOnlyList<string> UnreadableKeys { get; }

    /// <param name="previous">Keys that have not changed are taken from it, already parsed.</param>
    public static async Task<RegistrySnapshot> LoadAsync(RegistryContext registry, RegistrySnapshot? previous, CancellationToken cancellation)
    {
        // One snapshot of the database, so that the rows belong together.
        await using var transaction = await registry.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        return new RegistrySnapshot(
            await registry.Versions.Select(row => row.Value).SingleAsync(cancellation),
            await registry.Users.AsNoTracking().ToListAsync(cancellation),
            await registry.Clients.AsNoTracking().ToListAsync(cancellation),
            await registry.Entitlements.AsNoTracking().ToListAsync(cancellation),
            await registry.Keys.AsNoTracking().ToListAsync(cancellation),
            previous);
    }

    /// <summary>The user as the token names them. Another person or client than the registered one is unknown.</summary>
    public SubjectFacts Subject(Listener listener, TokenFacts token)
    {
        if (!users.TryGetValue((Realm(listener), token.Subject), out var user) || user.Person != token.Person || (user.Client ?? "") != token.Client)
            return new SubjectFacts();
        return new SubjectFacts
        {
            Known = true,
            Active = user.Status == "active",
            ClientActive = user.Client is null || (clients.TryGetValue(user.Client, out var client) && client.Status == "active"),
            Roles = user.Roles,
        };
    }

    /// <summary>The user's tokens of that time are no longer accepted.</summary>
    public bool IsTooOld(Listener listener, TokenFacts token) =>
        users.TryGetValue((Realm(listener), token.Subject), out var user) && user.TokensFrom > token.IssuedAt;

    public bool IsEntitled(string subject, string account, string permission) =>
        entitlements.TryGetValue((subject, account), out var permissions) && permissions.Contains(permission);

    public RegisteredKey? Key(string keyId) => keys.GetValueOrDefault(keyId);

    /// <summary>Whether somebody has this key already, under whatever name and in whatever state.</summary>
    public bool IsRegistered(VerificationKey key) => thumbprints.Contains(key.Thumbprint) || keys.ContainsKey(key.KeyId);

    /// <summary>How many keys the user has that are neither retired nor revoked.</summary>
    public int KeysHeldBy(string client, string subject) =>
        keys.Values.Count(key => key.Subject == subject && key.Client == client && key.State == KeyState.Active);

    internal static string Realm(Listener listener) => listener switch
    {
        Listener.Api => "corporate",
        Listener.Ops => "staff",
    };

    private static RegisteredKey? Parse(KeyRow row, RegisteredKey? known)
    {
        var key = known?.PublicKeyPem == row.PublicKeyPem && known.Key.Algorithm.Name == row.Algorithm
            ? known.Key
            : RegisteredKeys.TryRead(row.KeyId, row.Algorithm, row.PublicKeyPem);
        return key is null ? null : new RegisteredKey(key, row.PublicKeyPem, row.Client, row.Subject, Enum.Parse<KeyState>(row.State, ignoreCase: true), row.ActiveFrom);
    }
}
