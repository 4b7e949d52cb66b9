using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Storage;
using CorpSecure.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace CorpSecure.Identity.Import;

/// <summary><c>users import FILE --connection</c>: all of the document, or nothing.</summary>
public static class ImportCommand
{
    public static async Task<int> RunAsync(CommandLine command, TextWriter output)
    {
        var reader = new SettingsReader(command.ToConfiguration());
        var realm = reader.RealmValue("Identity:Realm");
        var signing = reader.From("Identity:SigningKeyFile", IdentityKeys.LoadSigning);
        var encryption = reader.From("Identity:EncryptionKeyFile", IdentityKeys.LoadEncryption);
        var others = reader.EachFrom("Identity:OtherEncryptionKeyFiles", IdentityKeys.LoadEncryption);
        var limits = SignInLimits.Read(reader);
        reader.ThrowOnFaults();
        if (!File.Exists(command.File))
            throw new DocumentFaultsException([$"file not found: {Path.GetFullPath(command.File!)}"]);

        var document = UsersDocument.Parse(await File.ReadAllBytesAsync(command.File));
        var directory = Path.GetDirectoryName(Path.GetFullPath(command.File))!;
        await ImportAsync(document, directory, realm, new IdentityKeys(signing!, encryption!, others), limits, command.Connection!);
        await output.WriteLineAsync($"imported {document.Users.Count} users and {document.OauthClients.Count} OAuth clients into {realm.Schema()}");
        return IdentityProgram.Done;
    }

    /// <exception cref="DocumentFaultsException">Lists every fault; nothing was changed.</exception>
    public static async Task ImportAsync(UsersDocument document, string directory, Realm realm, IdentityKeys keys, SignInLimits limits, string administrator)
    {
        var validation = await new UsersDocumentValidator(realm, directory).ValidateAsync(document);
        if (!validation.IsValid)
            throw new DocumentFaultsException([.. validation.Errors.Select(error => $"{error.PropertyName}: {error.ErrorMessage}")]);

        await using var services = Services(realm, keys, limits, administrator);
        await using var scope = services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IdentityStore>();
        await using var transaction = await store.Database.BeginTransactionAsync();
        foreach (var user in document.Users)
            await scope.ServiceProvider.GetRequiredService<UserImporter>().ImportAsync(user!);
        foreach (var client in document.OauthClients)
            await scope.ServiceProvider.GetRequiredService<OAuthClientImporter>().ImportAsync(client!, directory, CancellationToken.None);
        await transaction.CommitAsync();
    }

    private static ServiceProvider Services(Realm realm, IdentityKeys keys, SignInLimits limits, string administrator)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddIdentityStore(realm, RealmConnection.For(realm, administrator));
        services.AddUsers(keys, limits);
        services.AddScoped<UserImporter>();
        services.AddScoped<OAuthClientImporter>();
        services.AddOpenIddict().AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityStore>());
        return services.BuildServiceProvider();
    }
}
