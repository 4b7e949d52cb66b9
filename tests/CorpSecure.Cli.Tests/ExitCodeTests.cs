namespace CorpSecure.Cli.Tests;

/// <summary>The program as scripts see it: a process with arguments, streams and an exit code.</summary>
public sealed class ExitCodeTests : IAsyncLifetime
{
    private readonly DemoSystem _demo = new();

    public Task InitializeAsync() => _demo.InitializeAsync();

    public Task DisposeAsync() => _demo.DisposeAsync();

    [Fact]
    public async Task Each_kind_of_end_has_its_number()
    {
        (await RunAsync("whoami")).ShouldBe(6);
        (await RunAsync("login", "--nonsense")).ShouldBe(2);
        (await RunAsync("login", "--demo", _demo.DemoFile, "--user", "anna.keller")).ShouldBe(0);

        var (exitCode, output, error) = await _demo.Corpsec.RunProcessAsync("curl", "GET", "/corporate/v1/accounts");
        (exitCode, output, error).ShouldBe((0, """{"ok":true}""", ""));

        _demo.Gateway.WillRefuse("entitlement.missing", 403);
        (await RunAsync("curl", "GET", "/corporate/v1/accounts")).ShouldBe(4);

        _demo.Gateway.WillRefuse("ledger.unavailable", 503);
        (await RunAsync("curl", "GET", "/corporate/v1/accounts")).ShouldBe(5);
    }

    [Fact]
    public async Task A_body_comes_from_standard_input_too()
    {
        await _demo.SignInAsync();
        using var process = _demo.Corpsec.Start("curl", "POST", "/corporate/v1/payments", "-d", "@-");
        await process.StandardInput.WriteAsync("[1]");
        process.StandardInput.Close();
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(0);
        _demo.Gateway.Received.Single().Body.ShouldBe("[1]"u8.ToArray());
    }

    private async Task<int> RunAsync(params string[] arguments) => (await _demo.Corpsec.RunProcessAsync(arguments)).ExitCode;
}
