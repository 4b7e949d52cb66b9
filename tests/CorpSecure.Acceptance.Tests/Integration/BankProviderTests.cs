using CorpSecure.Acceptance.Tests.Targets;
using CorpSecure.DevHost.Processes;

namespace CorpSecure.Acceptance.Tests.Integration;

/// <summary>A bank that keeps its own OpenID provider: only settings and registry differ. Runs where this test run started the gateway.</summary>
[Collection(RunningSystemCollection.Name)]
public sealed class BankProviderTests(Target target, NodeExamples examples) : IClassFixture<NodeExamples>
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Users_of_the_banks_own_provider_sign_in_there_and_pay_here()
    {
        var bank = ((ProcessHands)target.Hands).Bank;
        await bank.RegisterAsync(target.Demo.Databases!.Admin);
        using var provider = await bank.StartAsync(examples.Folder);
        try
        {
            var settings = bank.Portal(target.Addresses.Gateway, target.Demo.CaFile);
            // The gateway hears of the new user with its next look at the registry.
            var told = await Eventually.ValueAsync(
                async () => await examples.RunAsync("portal.mjs", settings) is var output && output["payment"] == "201" ? output : null, "a user of the bank's provider pays");

            told["token_type"].ShouldBe("dpop");
            NodeExamples.ShouldBeGranted(told, BankProvider.Details);
            told["accounts"].ShouldBe("200");
            var decision = Guid.Parse(told["decision"]);
            (await target.Witnesses.DecisionAsync(decision)).Verdict.ShouldBe("Allow");
            (await target.Witnesses.CoreCallsAsync(decision)).ShouldHaveSingleItem().GetProperty("subject").GetString().ShouldBe(BankProvider.Subject);

            settings["AUTHORIZATION_DETAILS"] = """[{"type":"payment_initiation","creditorName":"Nordlicht Logistik GmbH"}]""";
            (await Should.ThrowAsync<InvalidOperationException>(() => examples.RunAsync("portal.mjs", settings))).Message.ShouldContain("invalid_authorization_details");
        }
        finally
        {
            await provider.StopAsync(Signal.Terminate, Grace, TimeProvider.System);
        }
    }
}
