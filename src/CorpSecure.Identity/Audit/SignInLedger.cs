using System.Text.Json;
using CorpSecure.Identity.Hosting;
using CorpSecure.Ledger;
using CorpSecure.Ledger.Entries;
using CorpSecure.Ledger.Lanes;
using CorpSecure.Ledger.Sealing;

namespace CorpSecure.Identity.Audit;

/// <summary>The one way from here into the audit log. What it cannot make durable must not happen.</summary>
public sealed class SignInLedger(LaneWriter lane, SubjectVault vault, BlindIndex index, Realm realm, TimeProvider clock)
{
    private const string LaneName = "sign-in";
    private const string StaffVault = "bank-staff";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IServiceCollection AddTo(IServiceCollection services, LedgerOptions options) =>
        services.AddLedger(options).AddLaneWriter(LaneName).AddSingleton<SignInLedger>();

    /// <exception cref="LedgerUnavailableException">The entry is not durable.</exception>
    public async Task AppendAsync(SignInEvent happened, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow();
        var id = Guid.CreateVersion7(at);
        var payload = JsonSerializer.SerializeToUtf8Bytes(
            new Payload(happened.Name, realm.Name(), happened.User?.Client ?? happened.Client, happened.OAuthClient, happened.Acr, happened.Amr, happened.Reason, happened.Session), Json);
        await lane.AppendAsync(new EntryDraft(id, happened.Kind, at, payload)
        {
            Sealed = await SealAsync(happened, id, cancellation),
            Tags = happened.User is { } user ? [index.Tag("subject", user.Id)] : [],
        });
    }

    private async Task<SealedPart?> SealAsync(SignInEvent happened, Guid id, CancellationToken cancellation)
    {
        if (happened.User is not { } user)
            return null; // what a stranger typed may be somebody's password: it is kept nowhere
        var cipher = await vault.ForAsync(user.Client ?? StaffVault, user.Id, cancellation);
        var personal = new Personal(user.Id, user.PersonId, user.UserName, happened.Address?.ToString(), happened.Shown);
        return cipher.Seal(JsonSerializer.SerializeToUtf8Bytes(personal, Json), id);
    }

    private sealed record Payload(
        string Event, string Realm, string? Client, string? OauthClient, string? Acr, IReadOnlyList<string> Amr, string? Reason, Guid? Session);

    private sealed record Personal(string Subject, string Person, string? Username, string? Address, string? Shown);
}
