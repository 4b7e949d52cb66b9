using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Processes;
using CorpSecure.DevHost.Tour;

namespace CorpSecure.Acceptance.Tests.Targets;

/// <summary>Demo users, signed in at the identity's pages once, with password and one-time code; then renewed by the SDK as a portal does.</summary>
internal sealed class People(DemoDocument demo, string demoFile) : IAsyncDisposable
{
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(35);

    private readonly DirectoryInfo homes = Directory.CreateTempSubdirectory("corpsecure-people-");
    private readonly Dictionary<string, TourPerson> signedIn = [];
    private readonly List<TourPerson> all = [];

    public DemoUser Anna => User("anna.keller");

    public DemoUser Rita => User("rita.ops");

    public async Task<TourPerson> OfAsync(DemoUser user) =>
        signedIn.TryGetValue(user.Username, out var person) ? person : signedIn[user.Username] = await SignInAsync(user, acr: null);

    public async Task<TourCaller> CallerAsync(DemoUser user) => await (await OfAsync(user)).CallerAsync(CancellationToken.None);

    /// <summary>With a token that will still count when something slow has been done.</summary>
    public Task<TourCaller> LastingCallerAsync(DemoUser user) => Eventually.ValueAsync(
        async () =>
        {
            var person = await OfAsync(user);
            var token = await person.Tokens.GetAsync(CancellationToken.None);
            return token.ExpiresAt - TimeProvider.System.GetUtcNow() > Lasting ? new TourCaller(token.Value, person.DpopKey) : null;
        },
        "a token is renewed");

    /// <summary>Signs in afresh, with <c>corpsec</c>.</summary>
    /// <param name="acr"><c>pwd</c> for a password alone.</param>
    public async Task<TourPerson> SignInAsync(DemoUser user, string? acr)
    {
        var home = Path.Combine(homes.FullName, $"{user.Username}-{all.Count}");
        string[] level = acr is null ? [] : ["--acr", acr];
        await CorpsecAsync(home, ["login", "--demo", demoFile, "--user", user.Username, .. level]);
        var person = await TourPerson.OfAsync(demo, home, user.Realm, TimeProvider.System, CancellationToken.None);
        all.Add(person);
        return person;
    }

    /// <summary>What corpsec says, and how it ends.</summary>
    public Task<CommandResult> TryCorpsecAsync(string home, params string[] arguments) => Corpsec(home, arguments).RunAsync(CancellationToken.None);

    public Task<string> CorpsecAsync(string home, params string[] arguments) => Corpsec(home, arguments).RunOrThrowAsync(CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        foreach (var person in all)
            person.Dispose();
        homes.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static Command Corpsec(string home, string[] arguments) => new("dotnet", [SourceTree.Corpsec, .. arguments])
    {
        Environment = new Dictionary<string, string> { ["CORPSECURE_HOME"] = home },
    };

    private DemoUser User(string name) => demo.Users.Single(user => user.Username == name);
}
