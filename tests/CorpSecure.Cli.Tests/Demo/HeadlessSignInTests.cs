using CorpSecure.Cli.Demo;
using CorpSecure.Cli.Failures;
using CorpSecure.Client.SignIn;
using CorpSecure.Client.Trust;
using CorpSecure.Protocol.Signatures;
using Microsoft.Extensions.Time.Testing;
using OtpNet;

namespace CorpSecure.Cli.Tests.Demo;

public sealed class HeadlessSignInTests : IAsyncLifetime
{
    private readonly DemoSystem _demo = new();
    private readonly WaitedFor _time = new();
    private readonly List<string> _codes = [];

    public Task InitializeAsync() => _demo.InitializeAsync();

    public Task DisposeAsync() => _demo.DisposeAsync();

    [Fact]
    public async Task A_code_that_was_used_already_is_followed_by_that_of_the_next_step()
    {
        _demo.Corporate.CodeIsRight = code =>
        {
            _codes.Add(code);
            return _codes.Count > 1;
        };

        var signingIn = SignInAsync();
        await _time.Waiting;
        _time.Advance(TimeSpan.FromSeconds(31));

        (await signingIn).ShouldContain("code=");
        _codes.ShouldBe([CodeAt(0), CodeAt(31)]);
    }

    [Fact]
    public async Task Two_refused_codes_end_it()
    {
        _demo.Corporate.CodeIsRight = _ => false;

        var signingIn = SignInAsync();
        await _time.Waiting;
        _time.Advance(TimeSpan.FromSeconds(31));

        (await Should.ThrowAsync<CliException>(signingIn)).Code.ShouldBe(ExitCode.Refused);
    }

    private static string CodeAt(int seconds) =>
        new Totp(Base32Encoding.ToBytes(DemoSystem.TotpSecret)).ComputeTotp(WaitedFor.Began.AddSeconds(seconds).UtcDateTime);

    private async Task<string> SignInAsync()
    {
        using var http = new HttpClient(GatewayTransport.Create(_demo.Authority.CaFile));
        var demo = DemoDocument.Read(_demo.DemoFile);
        var client = demo.OauthClients.First(client => client.Realm == "corporate");
        using var key = SigningKey.FromPem(client.KeyId, await File.ReadAllTextAsync(client.KeyFile));
        using var dpopKey = SigningKey.Generate("dpop");
        var headless = new HeadlessSignIn(demo.User("anna.keller"), _demo.Authority.CaFile, _time, TextWriter.Null);
        var response = "";
        await new CodeSignIn(http, TimeProvider.System).RunAsync(
            new SignInPlan(_demo.Corporate.Issuer, new OAuthClient("corpsec", key), "corporate") { DpopKey = dpopKey },
            async (request, redirect, cancellationToken) => response = await headless.RunAsync(request, redirect, cancellationToken));
        return response;
    }

    /// <summary>Tells when somebody waits, so that time moves only then.</summary>
    private sealed class WaitedFor() : FakeTimeProvider(Began)
    {
        public static readonly DateTimeOffset Began = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Waiting => _waiting.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _waiting.TrySetResult();
            return timer;
        }
    }
}
