using System.Text.Json;
using CorpSecure.Gateway.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CorpSecure.Gateway.Registry;

/// <summary>Loads a document into the registry, in one transaction: new rows are added, known ones brought to what it says, others left alone.</summary>
public static class RegistryImport
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <exception cref="StartRefusedException">The document has faults; nothing was written.</exception>
    public static async Task<int> RunAsync(string file, RegistryContext registry, CancellationToken cancellation)
    {
        var document = await ReadAsync(file, cancellation);
        await using var transaction = await registry.Database.BeginTransactionAsync(cancellation);
        foreach (var entry in document.Clients)
        {
            var row = await registry.Clients.FindAsync([entry.Id], cancellation)
                ?? registry.Add(new ClientRow { Id = entry.Id, Name = entry.Name, Status = entry.Status }).Entity;
            (row.Name, row.Status) = (entry.Name, entry.Status);
        }

        foreach (var entry in document.Users)
        {
            var row = await registry.Users.FindAsync([entry.Realm, entry.Subject], cancellation) ?? registry.Add(new UserRow
            {
                Subject = entry.Subject,
                Realm = entry.Realm,
                Person = entry.Person,
                Client = entry.Client,
                Status = entry.Status,
                Roles = [],
            }).Entity;
            (row.Person, row.Client, row.Status, row.Roles) = (entry.Person, entry.Client, entry.Status, [.. entry.Roles]);
        }

        foreach (var entry in document.Entitlements)
        {
            var row = await registry.Entitlements.FindAsync([entry.Subject, entry.Account], cancellation)
                ?? registry.Add(new EntitlementRow { Subject = entry.Subject, Account = entry.Account, Permissions = [] }).Entity;
            row.Permissions = [.. entry.Permissions];
        }

        foreach (var entry in document.Keys)
        {
            var row = await registry.Keys.FindAsync([entry.KeyId], cancellation) ?? registry.Add(new KeyRow
            {
                KeyId = entry.KeyId,
                Client = entry.Client,
                Subject = entry.Subject,
                Algorithm = entry.Algorithm,
                PublicKeyPem = entry.PublicKeyPem,
                State = entry.State,
                Thumbprint = RegisteredKeys.TryRead(entry.KeyId, entry.Algorithm, entry.PublicKeyPem)!.Thumbprint,
            }).Entity;
            if (row.PublicKeyPem != entry.PublicKeyPem || row.Subject != entry.Subject || row.Client != entry.Client || row.Algorithm != entry.Algorithm)
                throw new StartRefusedException($"{file}: key {entry.KeyId} is already registered with another key or owner; a changed key needs another id");
            // What its owner ended stays ended: a document is older than what users did since.
            (row.State, row.Name, row.ActiveFrom) = (RegisteredKeys.Later(row.State, entry.State), entry.Name ?? row.Name, entry.ActiveFrom ?? row.ActiveFrom);
        }

        try
        {
            var changed = await registry.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return changed;
        }
        catch (DbUpdateException error) when (error.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation, ConstraintName: "keys_thumbprint" })
        {
            throw new StartRefusedException($"{file}: two ids name one key, here or in the registry; a key is registered once, for one person");
        }
    }

    private static async Task<RegistryDocument> ReadAsync(string file, CancellationToken cancellation)
    {
        RegistryDocument document;
        try
        {
            await using var stream = File.OpenRead(file);
            document = await JsonSerializer.DeserializeAsync<RegistryDocument>(stream, Strict, cancellation)
                ?? throw new StartRefusedException($"{file}: is null");
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{file}: {error.Message}");
        }

        var result = await new RegistryDocumentValidator().ValidateAsync(document, cancellation);
        return result.IsValid
            ? document
            : throw new StartRefusedException([.. result.Errors.Select(error => $"{file}: {error.PropertyName}: {error.ErrorMessage}")]);
    }
}
