using CorpSecure.Acceptance.Tests.BlackBox;
using CorpSecure.Acceptance.Tests.Targets;

namespace CorpSecure.Acceptance.Tests.Integration;

/// <summary>A system without a user, by client credentials.</summary>
public sealed class ErpTests(Target target, NodeExamples examples) : BlackBoxTests(target), IClassFixture<NodeExamples>
{
    [Fact]
    public async Task An_erp_system_reads_accounts_with_a_token_bound_to_its_certificate()
    {
        var demo = Target.Demo;
        var client = demo.ClientCertificates.Single(each => each.State == "active");

        var told = await examples.RunAsync("erp.mjs", new()
        {
            ["NODE_EXTRA_CA_CERTS"] = demo.CaFile,
            ["ISSUER"] = demo.Addresses.IdentityCorporate + "/",
            ["GATEWAY"] = demo.Addresses.Gateway,
            ["CLIENT_ID"] = client.ClientId,
            ["CERTIFICATE_FILE"] = client.CertificateFile,
            ["CERTIFICATE_KEY_FILE"] = client.KeyFile,
        });

        told["token_type"].ShouldBe("bearer");
        told["accounts"].ShouldBe("200");
        (await Target.Witnesses.DecisionAsync(Guid.Parse(told["decision"]))).Verdict.ShouldBe("Allow");
    }
}
