using System.Text.RegularExpressions;
using CorpSecure.Gateway.Tests.World;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Gateway.Tests.Signatures;

[Collection(GatewayCollection.Name)]
public sealed class SignatureFaultTests(Surroundings surroundings) : CommonWorldTests(surroundings)
{
    [Fact]
    public Task An_unsigned_payment_is_refused() => World.ShouldRefuseAsync(Payment().SignedBy(null), 401, "signature.missing");

    [Fact]
    public Task A_signature_for_another_purpose_is_none()
    {
        var request = Payment();
        request.Tag = "other-purpose";
        return World.ShouldRefuseAsync(request, 401, "signature.missing");
    }

    [Theory]
    [InlineData("sig=(")]
    [InlineData("sig=1")]
    [InlineData("sig=(\"@method\");created=\"now\";tag=\"fapi-2-request\"")]
    [InlineData("sig=(\"@method\" \"@method\");created=1;tag=\"fapi-2-request\"")]
    [InlineData("sig=(\"@method\");surprise;tag=\"fapi-2-request\"")]
    [InlineData("other=(\"@method\");tag=\"fapi-2-request\"")]
    public Task Fields_that_are_not_well_formed_are_malformed(string input) =>
        World.ShouldRefuseAsync(Payment().Build().Rewrite("Signature-Input", _ => input), 400, "signature.malformed");

    [Theory]
    [InlineData("Signature")]
    [InlineData("Signature-Input")]
    public Task One_field_without_the_other_is_malformed(string field)
    {
        var request = Payment().Build();
        request.Headers.Remove(field);
        return World.ShouldRefuseAsync(request, 400, "signature.malformed");
    }

    [Fact]
    public Task Two_signatures_for_one_purpose_are_ambiguous() => World.ShouldRefuseAsync(
        Payment().Build().Rewrite("Signature-Input", input => $"{input}, two{input[3..]}").Rewrite("Signature", signature => $"{signature}, two{signature[3..]}"),
        400, "signature.ambiguous");

    [Theory]
    [InlineData("@method")]
    [InlineData("@target-uri")]
    [InlineData("authorization")]
    [InlineData("content-digest")]
    [InlineData("content-type")]
    [InlineData("idempotency-key")]
    public Task A_signature_must_cover_each_component(string missing)
    {
        var request = Payment();
        request.Components = [.. new FapiRequestProfile().Components(new RequestShape(true, false, true)).Where(component => component.ToString() != $"\"{missing}\"")];
        request.Components.Count.ShouldBe(5);
        return World.ShouldRefuseAsync(request, 401, "signature.component-missing");
    }

    [Fact]
    public Task A_proof_of_possession_must_be_covered_when_it_is_sent()
    {
        var request = Payment();
        request.Components = [.. new FapiRequestProfile().Components(new RequestShape(true, false, true))];
        return World.ShouldRefuseAsync(request, 401, "signature.component-missing");
    }

    [Theory]
    [InlineData("\"@nonsense\"", 400, "signature.component-unknown")]
    [InlineData("\"@status\"", 400, "signature.component-unknown")]
    [InlineData("\"x-absent\"", 401, "signature.component-missing")]
    public Task A_signature_over_what_is_not_there_is_refused(string component, int status, string reason) =>
        World.ShouldRefuseAsync(Payment().Build().Rewrite("Signature-Input", input => input.Replace("(", $"({component} ", StringComparison.Ordinal)), status, reason);

    [Theory]
    [InlineData(";created=\\d+", "signature.created-missing")]
    [InlineData(";nonce=\"[^\"]*\"", "signature.nonce-missing")]
    [InlineData(";keyid=\"[^\"]*\"", "signature.keyid-missing")]
    public Task A_signature_must_have_each_parameter(string parameter, string reason) =>
        World.ShouldRefuseAsync(Payment().Build().Rewrite("Signature-Input", input => Regex.Replace(input, parameter, "")), 401, reason);

    [Theory]
    [InlineData(15)]
    [InlineData(129)]
    public Task A_nonce_too_short_or_too_long_is_malformed(int length)
    {
        var request = Payment();
        request.Nonce = new string('n', length);
        return World.ShouldRefuseAsync(request, 400, "signature.malformed");
    }

    [Fact]
    public Task Another_algorithm_than_the_keys_is_refused() => World.ShouldRefuseAsync(
        Payment().Build().Rewrite("Signature-Input", input => input + ";alg=\"rsa-pss-sha512\""), 401, "signature.algorithm-mismatch");

    [Theory]
    [InlineData("li-1", "signature.key-unknown")]
    [InlineData("anna-revoked", "signature.key-revoked")]
    [InlineData("anna-retired", "signature.key-retired")]
    public Task A_key_that_does_not_sign_for_this_user_now_is_refused(string key, string reason) =>
        World.ShouldRefuseAsync(ARequest.PaymentBy(World, "anna", key), 401, reason);

    [Fact]
    public Task A_key_nobody_registered_is_refused() => World.ShouldRefuseAsync(
        Payment().Build().Rewrite("Signature-Input", input => input.Replace("anna-1", "ghost-1", StringComparison.Ordinal)), 401, "signature.key-unknown");

    [Theory]
    [InlineData(60)]
    [InlineData(-10)]
    public async Task A_signature_at_the_edge_of_its_time_is_good(int age)
    {
        await World.AlignAsync();
        var request = Payment();
        request.Created -= TimeSpan.FromSeconds(age);
        (await World.SendAsync(request)).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData(61, "signature.expired")]
    [InlineData(-11, "signature.from-the-future")]
    public async Task A_signature_beyond_its_time_is_refused(int age, string reason)
    {
        await World.AlignAsync();
        var request = Payment();
        request.Created -= TimeSpan.FromSeconds(age);
        await World.ShouldRefuseAsync(request, 401, reason);
    }

    private ARequest Payment() => ARequest.PaymentBy(World, "anna", "anna-1");
}
