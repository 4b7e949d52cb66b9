using System.Text;
using CorpSecure.Identity.Import;
using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Import;

[Collection(IdentityCollection.Name)]
public sealed class ImportTests(IdentityFixture fixture)
{
    [Fact]
    public async Task A_repeated_import_changes_nothing()
    {
        var user = await TestUser.CreateAsync(fixture);
        const string State = "select \"PasswordHash\" || \"SecurityStamp\" || encode(\"TotpSecret\", 'hex') from identity_corporate.users where id = $1";
        var before = await fixture.ScalarAsync<string>(State, user.Subject);

        await fixture.ImportAsync(fixture.Corporate, new UsersDocument { Users = [user.ToImport()] });

        (await fixture.ScalarAsync<string>(State, user.Subject)).ShouldBe(before);
    }

    [Fact]
    public async Task A_document_with_faults_lists_them_all_quotes_no_secret_and_changes_nothing()
    {
        var good = new TestUser();
        var document = new UsersDocument
        {
            Users = [good.ToImport(), new TestUser().ToImport() with { Password = "short-one", TotpSecret = "!!!", Client = null }],
            OauthClients = [new ImportedClient { ClientId = "bad client", Grants = ["password"], RedirectUris = ["http://example.com/#x"] }],
        };

        var error = await Should.ThrowAsync<DocumentFaultsException>(() => fixture.ImportAsync(fixture.Corporate, document));

        foreach (var place in new[] { "Users[1].Password", "Users[1].TotpSecret", "Users[1].Client", "OauthClients[0].ClientId", "OauthClients[0].key", "OauthClients[0].Grants[0]", "OauthClients[0].Scopes", "OauthClients[0].RedirectUris[0]" })
            error.Message.ShouldContain(place);
        error.Message.ShouldNotContain("short-one");
        (await fixture.ScalarAsync<long>("select count(*) from identity_corporate.users where id = $1", good.Subject)).ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"users":[{"username":"a","nickname":"b"}]}""", "users[0]")]
    [InlineData("""{"users":[{"username":"a","username":"b"}]}""", "users[0]")]
    [InlineData("not json", "$")]
    public void A_document_of_another_shape_is_refused_by_place(string json, string place) =>
        Should.Throw<DocumentFaultsException>(() => UsersDocument.Parse(Encoding.UTF8.GetBytes(json))).Message.ShouldContain(place);
}
