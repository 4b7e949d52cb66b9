using System.Text.RegularExpressions;
using CorpSecure.Gateway.Tests.World;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Gateway.Tests.Signatures;

/// <summary>Payments signed by each algorithm, from the client's bytes to the core.</summary>
[Collection(GatewayCollection.Name)]
public sealed class AlgorithmTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    private static readonly string[] Names =
        ["ed25519", "ecdsa-p256-sha256", "ecdsa-p384-sha384", "rsa-pss-sha512", "rsa-v1_5-sha256", "hmac-sha256", "PS256", "ES256", "EdDSA", "none", ""];

    public static TheoryData<string> Algorithms => [.. SignatureAlgorithm.All.Select(algorithm => algorithm.Name)];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_payment_signed_with_it_reaches_the_core_once(string name)
    {
        var request = ARequest.PaymentBy(World, "anna", KeyOf(name));
        var answer = await World.SendAsync(request);
        answer.Status.ShouldBe(201);
        World.CoreCalls(answer.DecisionId).ShouldBe(1);
        (await World.EntriesAsync(answer.DecisionId))[0].Text("key").ShouldBe(KeyOf(name));
        await World.ShouldRefuseAsync(request, 401, "signature.nonce-replayed");
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_claim_of_another_algorithm_is_refused(string name)
    {
        SignatureAlgorithm.TryFind(name, out var algorithm).ShouldBeTrue();
        foreach (var claim in Names.Where(claim => claim != algorithm.RegisteredName))
        {
            var request = ARequest.PaymentBy(World, "anna", KeyOf(name)).Build().Rewrite("Signature-Input", input => input + $";alg=\"{claim}\"");
            await World.ShouldRefuseAsync(request, 401, "signature.algorithm-mismatch");
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_signature_by_one_key_under_the_name_of_another_is_refused(string name)
    {
        foreach (var other in SignatureAlgorithm.All.Select(algorithm => algorithm.Name).Where(other => other != name))
        {
            var request = ARequest.PaymentBy(World, "anna", KeyOf(name)).Build().Rewrite("Signature-Input", input => input.Replace($"\"{KeyOf(name)}\"", $"\"{KeyOf(other)}\"", StringComparison.Ordinal));
            await World.ShouldRefuseAsync(request, 401, "signature.invalid");
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Signatures_cut_short_padded_or_empty_of_content_are_refused(string name)
    {
        foreach (var spoil in new Func<byte[], byte[]>[] { bytes => bytes[1..], bytes => bytes[..^1], bytes => [.. bytes, 0], bytes => [0, .. bytes], bytes => new byte[bytes.Length], bytes => [.. bytes, .. bytes] })
        {
            var request = ARequest.PaymentBy(World, "anna", KeyOf(name)).Build().Rewrite("Signature", field =>
                Regex.Replace(field, ":([^:]+):", match => $":{Convert.ToBase64String(spoil(Convert.FromBase64String(match.Groups[1].Value)))}:"));
            await World.ShouldRefuseAsync(request, 401, "signature.invalid");
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public Task Other_bytes_under_a_good_signature_are_refused(string name) => World.ShouldRefuseAsync(
        ARequest.PaymentBy(World, "anna", KeyOf(name)).ButSends("""{"debtorAccount":"acc-acme-001","amount":"9999.00"}"""), 400, "digest.mismatch");

    [Theory]
    [InlineData("\"@method\";req", 400, "signature.component-unknown")]
    [InlineData("\"content-digest\";req", 400, "signature.component-unknown")]
    [InlineData("\"@status\"", 400, "signature.component-unknown")]
    [InlineData("\"@method\";tr", 400, "signature.component-unknown")]
    [InlineData("\"idempotency-key\";tr", 401, "signature.component-missing")]
    [InlineData("\"content-digest\";key=\"sha-1\"", 401, "signature.component-missing")]
    [InlineData("\"content-digest\";bs;sf", 400, "signature.malformed")]
    [InlineData("\"content-digest\";unheard-of", 400, "signature.component-unknown")]
    [InlineData("\"authorization\";sf", 400, "signature.component-unknown")]
    [InlineData("\"@query-param\";name=\"limit\"", 401, "signature.component-missing")]
    public Task A_component_with_a_parameter_that_cannot_be_is_refused(string component, int status, string reason) => World.ShouldRefuseAsync(
        ARequest.PaymentBy(World, "anna", "anna-1").Build().Rewrite("Signature-Input", input => input.Replace("(", $"({component} ", StringComparison.Ordinal)), status, reason);

    [Fact]
    public async Task A_message_may_carry_the_signatures_of_others_too()
    {
        var request = ARequest.PaymentBy(World, "anna", "anna-1").Build()
            .Rewrite("Signature-Input", input => $"proxy=(\"@future\");tag=\"of-a-proxy\", {input}").Rewrite("Signature", signature => $"{signature}, proxy=:AAAA:");
        (await World.SendAsync(request)).Status.ShouldBe(201);
    }

    private static string KeyOf(string algorithm) => algorithm == "ecdsa-p256-sha256" ? "anna-1" : $"anna-{algorithm}";
}
