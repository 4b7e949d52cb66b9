using System.Security.Cryptography;
using CorpSecure.Client.Sessions;
using CorpSecure.Client.SignIn;
using CorpSecure.Client.Tests.Fakes;
using CorpSecure.Client.Tokens;
using CorpSecure.Protocol.Signatures;
using Microsoft.Extensions.DependencyInjection;

namespace CorpSecure.Client.Tests.Sessions;

public sealed class SessionsClientTests : IAsyncLifetime
{
    private readonly TestAuthority _authority = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SoftwareSigningKey _dpopKey = SigningKey.Generate("dpop");
    private FakeIdentity _identity = null!;
    private ServiceProvider _services = null!;

    private FakeSessions Sessions => _identity.Sessions;

    private SessionsClient Client => new(_services.GetRequiredService<IHttpClientFactory>().CreateClient("identity"));

    public async Task InitializeAsync()
    {
        _identity = await FakeIdentity.StartAsync(_authority, _key);
        var services = new ServiceCollection();
        services.AddHttpClient("identity").AddCorpSecure(options =>
        {
            options.Gateway = _identity.Address;
            options.CaFile = _authority.CaFile;
            options.DpopKey = _dpopKey;
            options.AccessToken = _ => ValueTask.FromResult(new AccessToken("ey.for.sessions", DateTimeOffset.MaxValue));
        });
        _services = services.BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _identity.DisposeAsync();
        _key.Dispose();
        _dpopKey.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_user_sees_all_sessions_and_which_is_this_one()
    {
        var sessions = await Client.ListAsync();

        sessions.Select(session => session.Sid).ShouldBe(["here", "elsewhere", "there"]);
        sessions.Single(session => session.Current).Sid.ShouldBe("here");
        Sessions.Proofs.ShouldAllBe(proof => proof != null);
    }

    [Fact]
    public async Task One_session_all_others_or_all_are_ended()
    {
        (await Client.EndAsync("there")).ShouldBeTrue();
        (await Client.EndAsync("there")).ShouldBeFalse();
        (await Client.EndOthersAsync()).ShouldBe(1);
        Sessions.Sids.ShouldBe(["here"]);
        await Client.EndAllAsync();
        Sessions.Sids.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_servers_nonce_is_learnt_from_its_first_answer_and_kept()
    {
        await Client.ListAsync();
        await Client.ListAsync();
        _identity.Proofs.Nonce = "another";
        await Client.ListAsync();

        Sessions.Proofs.Select(proof => _identity.Proofs.Read(proof).Nonce)
            .ShouldBe([null, "nonce-of-identity", "nonce-of-identity", "nonce-of-identity", "another"]);
    }

    [Fact]
    public async Task A_refusal_keeps_its_code()
    {
        Sessions.Error = "invalid_token";

        (await Should.ThrowAsync<SignInException>(() => Client.ListAsync())).Error.ShouldBe("invalid_token");
    }
}
