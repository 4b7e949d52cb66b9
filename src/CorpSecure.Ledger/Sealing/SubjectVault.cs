using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace CorpSecure.Ledger.Sealing;

/// <summary>A key per data subject, wrapped by its client's key, wrapped by the master key. Keys are made on first use.</summary>
public sealed class SubjectVault(LedgerDatabase database, MasterKey master, BlindIndex index) : IDisposable
{
    private const int Capacity = 20_000;

    // After a restart everybody's key is asked for at once; a few connections are enough, and nobody waits long for one.
    private const int LoadsAtOnce = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim loading = new(LoadsAtOnce);

    private readonly ConcurrentDictionary<(string Client, string Subject), SubjectCipher> ciphers = new();
    private readonly ConcurrentDictionary<string, byte[]> clientKeys = new();

    /// <exception cref="LedgerUnavailableException">The key can be neither read nor made.</exception>
    public ValueTask<SubjectCipher> ForAsync(string client, string subject, CancellationToken cancellation) =>
        ciphers.TryGetValue((client, subject), out var known) ? ValueTask.FromResult(known) : new(LoadAsync(client, subject, cancellation));

    /// <summary>Opens what an entry holds; null when the subject's key has been erased.</summary>
    public async Task<byte[]?> OpenAsync(Guid keyId, byte[] ciphertext, Guid entryId, CancellationToken cancellation)
    {
        await using var command = database.Source.CreateCommand("select client, wrapped from ledger.subject_keys where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = keyId });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return null;
        var (client, wrapped) = (reader.GetString(0), reader.GetFieldValue<byte[]>(1));
        var clientKey = new SealingKey(await ClientKeyAsync(client, cancellation));
        return new SubjectCipher(keyId, clientKey.Open(wrapped, keyId.ToByteArray())).Open(ciphertext, entryId);
    }

    public void Dispose() => loading.Dispose();

    private async Task<SubjectCipher> LoadAsync(string client, string subject, CancellationToken cancellation)
    {
        if (!await loading.WaitAsync(Patience, cancellation))
            throw new LedgerUnavailableException("subject key: too many wait for theirs");
        try
        {
            if (ciphers.TryGetValue((client, subject), out var known))
                return known;
            var clientKey = new SealingKey(await ClientKeyAsync(client, cancellation));
            var id = Guid.CreateVersion7();
            var (keyId, wrapped) = await StoreOrReadAsync(
                client, index.Tag("subject", $"{client}\0{subject}"), id, clientKey.Seal(RandomNumberGenerator.GetBytes(32), id.ToByteArray()), cancellation);
            var cipher = new SubjectCipher(keyId, clientKey.Open(wrapped, keyId.ToByteArray()));
            if (ciphers.Count >= Capacity)
                ciphers.Clear();
            return ciphers.GetOrAdd((client, subject), cipher);
        }
        catch (NpgsqlException error)
        {
            throw new LedgerUnavailableException("subject key", error);
        }
        finally
        {
            loading.Release();
        }
    }

    private async Task<(Guid Id, byte[] Wrapped)> StoreOrReadAsync(string client, byte[] tag, Guid id, byte[] fresh, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("insert into ledger.subject_keys (id, client, subject_tag, wrapped) values ($1, $2, $3, $4) on conflict do nothing")
                {
                    Parameters = { new() { Value = id }, new() { Value = client }, new() { Value = tag }, new() { Value = fresh } },
                },
                new("select id, wrapped from ledger.subject_keys where client = $1 and subject_tag = $2")
                {
                    Parameters = { new() { Value = client }, new() { Value = tag } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetGuid(0), reader.GetFieldValue<byte[]>(1));
    }

    private async Task<byte[]> ClientKeyAsync(string client, CancellationToken cancellation)
    {
        if (clientKeys.TryGetValue(client, out var known))
            return known;
        var context = Encoding.UTF8.GetBytes(client);
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("insert into ledger.client_keys (client, wrapped) values ($1, $2) on conflict do nothing")
                {
                    Parameters = { new() { Value = client }, new() { Value = master.Wrapping.Seal(RandomNumberGenerator.GetBytes(32), context) } },
                },
                new("select wrapped from ledger.client_keys where client = $1") { Parameters = { new() { Value = client } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return clientKeys.GetOrAdd(client, master.Wrapping.Open(reader.GetFieldValue<byte[]>(0), context));
    }
}
