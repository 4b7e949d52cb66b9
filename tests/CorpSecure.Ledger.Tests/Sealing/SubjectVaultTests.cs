using System.Security.Cryptography;
using System.Text;
using CorpSecure.Ledger.Sealing;
using static CorpSecure.Ledger.Tests.Databases.Drafts;

namespace CorpSecure.Ledger.Tests.Sealing;

[Collection(Cluster.Name)]
public sealed class SubjectVaultTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Secret = "Anna Keller, DE89370400440532013000";

    private static readonly byte[] Key = SHA256.HashData("master"u8);
    private static readonly Guid Entry = Guid.Parse("019ab000-0000-7000-8000-000000000001");

    [Fact]
    public async Task What_is_sealed_opens_again_also_in_another_process()
    {
        var part = await SealAsync("anna");
        var opened = await Vault("reader").OpenAsync(part.KeyId, part.Ciphertext, Entry, CancellationToken.None);
        Encoding.UTF8.GetString(opened!).ShouldBe(Secret);
    }

    [Fact]
    public async Task Equal_texts_do_not_look_equal() => (await SealAsync("anna")).Ciphertext.ShouldNotBe((await SealAsync("anna")).Ciphertext);

    [Fact]
    public async Task A_sealed_part_does_not_open_in_another_entry()
    {
        var part = await SealAsync("moved");
        await Should.ThrowAsync<CryptographicException>(() => Vault().OpenAsync(part.KeyId, part.Ciphertext, Guid.NewGuid(), CancellationToken.None));
    }

    [Fact]
    public async Task A_sealed_part_does_not_open_with_another_subjects_key()
    {
        var (part, other) = (await SealAsync("one"), await SealAsync("other"));
        other.KeyId.ShouldNotBe(part.KeyId);
        await Should.ThrowAsync<CryptographicException>(() => Vault().OpenAsync(other.KeyId, part.Ciphertext, Entry, CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_opens_with_another_master_key()
    {
        var part = await SealAsync("anna");
        await Should.ThrowAsync<CryptographicException>(
            () => Vault(key: SHA256.HashData("another"u8)).OpenAsync(part.KeyId, part.Ciphertext, Entry, CancellationToken.None));
    }

    [Fact]
    public async Task Not_one_bit_of_a_sealed_part_can_be_changed()
    {
        var part = await SealAsync("bits");
        var vault = Vault();
        for (var i = 0; i < part.Ciphertext.Length; i++)
        {
            var changed = part.Ciphertext.ToArray();
            changed[i] ^= (byte)(1 << (i % 8));
            await Should.ThrowAsync<CryptographicException>(() => vault.OpenAsync(part.KeyId, changed, Entry, CancellationToken.None));
        }

        await Should.ThrowAsync<CryptographicException>(() => vault.OpenAsync(part.KeyId, part.Ciphertext[..10], Entry, CancellationToken.None));
        await Should.ThrowAsync<CryptographicException>(() => vault.OpenAsync(part.KeyId, [], Entry, CancellationToken.None));
    }

    [Fact]
    public async Task A_key_moved_to_another_client_does_not_open()
    {
        var part = await SealAsync("taken");
        await Vault().ForAsync("huaxin", "somebody", CancellationToken.None);
        await database.ExecuteAsync($"update ledger.subject_keys set client = 'huaxin' where id = '{part.KeyId}'");
        await Should.ThrowAsync<CryptographicException>(() => Vault().OpenAsync(part.KeyId, part.Ciphertext, Entry, CancellationToken.None));
    }

    [Fact]
    public async Task An_erased_subject_stays_unreadable_and_the_lane_still_verifies()
    {
        var part = await SealAsync("erased");
        await using (var writer = database.Writer("erasing"))
            await writer.AppendAsync(AnEntry() with { Id = Entry, Sealed = part });
        await database.ExecuteAsync($"delete from ledger.subject_keys where id = '{part.KeyId}'");
        (await Vault().OpenAsync(part.KeyId, part.Ciphertext, Entry, CancellationToken.None)).ShouldBeNull();
        await LaneAudit.ShouldBeWholeAsync(database, "erasing/test");
    }

    [Fact]
    public async Task The_first_use_of_a_subject_by_several_processes_makes_one_key()
    {
        var vaults = Enumerable.Range(0, 4).Select(i => Vault($"vault-{i}")).ToArray();
        var ciphers = await Task.WhenAll(vaults.SelectMany(vault => Enumerable.Range(0, 5)
            .Select(_ => Task.Run(() => vault.ForAsync("fresh-client", "fresh", CancellationToken.None).AsTask()))));
        ciphers.Select(cipher => cipher.KeyId).Distinct().Count().ShouldBe(1);
        var part = ciphers[0].Seal("x"u8, Entry);
        ciphers[^1].Open(part.Ciphertext, Entry).ShouldBe("x"u8.ToArray());
    }

    [Fact]
    public async Task No_row_of_the_database_shows_what_was_sealed_or_who_it_is_about()
    {
        const string subject = "anna.keller@acme.example";
        var part = await SealAsync(subject);
        await using (var writer = database.Writer("dump"))
            await writer.AppendAsync(AnEntry() with { Sealed = part, Tags = [new BlindIndex(new MasterKey(Key)).Tag("account", "DE89370400440532013000")] });

        var dump = new StringBuilder();
        foreach (var table in new[] { "ledger.entries", "ledger.tags", "ledger.subject_keys", "ledger.client_keys", "ledger.lanes", "ledger.epochs" })
        {
            dump.Append(await database.ScalarAsync<string>($"select coalesce(string_agg(t::text, chr(10)), '') from {table} t"));
        }

        foreach (var trace in new[] { Secret, "DE89370400440532013000", subject, "Keller" })
        {
            dump.ToString().ShouldNotContain(trace);
            dump.ToString().ShouldNotContain(Convert.ToHexString(Encoding.UTF8.GetBytes(trace)).ToLowerInvariant());
        }
    }

    [Fact]
    public async Task Without_its_database_no_key_is_to_be_had()
    {
        await using var away = new LedgerDatabase(database.Options("away") with { ConnectionString = "Host=127.0.0.1;Port=1;Username=x;Password=x;Database=x" });
        var master = new MasterKey(Key);
        await Should.ThrowAsync<LedgerUnavailableException>(
            () => new SubjectVault(away, master, new BlindIndex(master)).ForAsync("acme", "anna", CancellationToken.None).AsTask());
    }

    private async Task<SealedPart> SealAsync(string subject) =>
        (await Vault().ForAsync("acme", subject, CancellationToken.None)).Seal(Encoding.UTF8.GetBytes(Secret), Entry);

    private SubjectVault Vault(string replica = "vault", byte[]? key = null)
    {
        var master = new MasterKey(key ?? Key);
        return new SubjectVault(database.Open(replica), master, new BlindIndex(master));
    }
}
