using System.Text;
using CorpSecure.Core.Checks.Enrolment;
using CorpSecure.Gateway.Tests.World;
using CorpSecure.Protocol.Keys;
using CorpSecure.Protocol.Problems;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Gateway.Tests.Keys;

[Collection(GatewayCollection.Name)]
public sealed class EnrolmentTests(KeyWorld keys) : IClassFixture<KeyWorld>
{
    private GatewayWorld World => keys.World;

    public static TheoryData<string> Algorithms => [.. SignatureAlgorithm.All.Select(algorithm => algorithm.Name)];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_key_is_enrolled_cools_off_and_then_signs_payments(string algorithm)
    {
        await World.AlignAsync();
        SignatureAlgorithm.TryFind(algorithm, out var known).ShouldBeTrue();
        var user = await keys.NewUserAsync();
        var key = keys.NewKey(known);

        var answer = await World.SendAsync(keys.Enrolment(user, key));

        answer.Status.ShouldBe(201);
        answer.Message.Headers.Location!.ToString().ShouldBe($"/gateway/v1/keys/{key.KeyId}");
        var document = answer.Body!.Value;
        (document.GetProperty("keyId").GetString(), document.GetProperty("algorithm").GetString(), document.GetProperty("state").GetString())
            .ShouldBe((key.KeyId, algorithm, "cooling-off"));
        document.GetProperty("activeFrom").GetDateTimeOffset().ShouldBe(World.Clock.GetUtcNow() + TimeSpan.FromHours(12));
        var entries = await World.EntriesAsync(answer.DecisionId);
        (entries[0].Text("verdict"), entries[0].Text("route"), entries[0].Text("key")).ShouldBe(("Allow", "keys.enrol", key.KeyId));
        (entries[1].Kind, entries[1].Text("state"), entries[1].Text("status")).ShouldBe(((short)2, "answered", "201"));
        World.CoreCalls(answer.DecisionId).ShouldBe(0);

        await World.ShouldRefuseAsync(ARequest.PaymentBy(World, user, key.KeyId), 401, "signature.key-cooling-off");
        await World.PassAsync(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        await World.ShouldRefuseAsync(ARequest.PaymentBy(World, user, key.KeyId), 401, "signature.key-cooling-off");
        await World.PassAsync(TimeSpan.FromSeconds(1));
        (await World.SendAsync(ARequest.PaymentBy(World, user, key.KeyId))).Status.ShouldBe(201);
        (await keys.ListAsync(user)).ShouldHaveSingleItem().GetProperty("state").GetString().ShouldBe("active");
    }

    [Fact]
    public async Task Who_does_not_hold_the_key_does_not_enrol_it()
    {
        var user = await keys.NewUserAsync();
        var (mine, other) = (keys.NewKey(), keys.NewKey());
        await World.ShouldRefuseAsync(keys.Enrolment(user, mine).SignedBy(null), 401, "signature.missing");
        await World.ShouldRefuseAsync(keys.Enrolment(user, mine, KeyWorld.Body(other)), 401, "signature.invalid");
        var claimed = keys.Enrolment(user, mine, KeyWorld.Body(other)).Build().Rewrite("Signature-Input", input => input.Replace(mine.KeyId, other.KeyId, StringComparison.Ordinal));
        await World.ShouldRefuseAsync(claimed, 401, "signature.invalid");
        (await keys.ListAsync(user)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_signature_for_one_purpose_is_none_for_the_other()
    {
        var user = await keys.NewUserAsync();
        var registered = await keys.EnrolAsync(user);
        var key = keys.NewKey();
        var asOrder = keys.Enrolment(user, key);
        asOrder.Tag = FapiRequestProfile.Tag;
        await World.ShouldRefuseAsync(asOrder, 401, "signature.missing");
        var asEnrolment = ARequest.PaymentBy(World, user, registered.KeyId);
        asEnrolment.Tag = KeyEnrolment.Tag;
        await World.ShouldRefuseAsync(asEnrolment, 401, "signature.missing");
    }

    [Fact]
    public async Task A_key_of_another_person_stays_theirs()
    {
        var (owner, thief) = (await keys.NewUserAsync(), await keys.NewUserAsync());
        var key = await keys.EnrolAsync(owner);
        await World.ShouldRefuseAsync(keys.Enrolment(thief, key), 409, "key.registered");
        await World.ShouldRefuseAsync(keys.Enrolment(owner, key), 409, "key.registered");
        await World.SendAsync(keys.End(owner, key.KeyId, "revoke"));
        await World.ShouldRefuseAsync(keys.Enrolment(thief, key), 409, "key.registered");
    }

    [Fact]
    public async Task A_key_from_the_registrys_import_is_not_enrolled_under_another_name_or_algorithm()
    {
        var user = await keys.NewUserAsync();
        var imported = World.Keys["anna-PS256"];
        foreach (var algorithm in (SignatureAlgorithm[])[SignatureAlgorithm.RsaPssSha256, SignatureAlgorithm.RsaPssSha512])
        {
            using var probe = VerificationKey.FromPem("probe", imported.ExportPublicPem(), algorithm);
            var key = SigningKey.FromPem(probe.Thumbprint, imported.ExportPrivatePem(), algorithm);
            World.Keys[key.KeyId] = key;
            await World.ShouldRefuseAsync(keys.Enrolment(user, key), 409, "key.registered");
        }
    }

    [Fact]
    public async Task Of_twenty_enrolments_of_one_key_at_once_one_succeeds()
    {
        var key = keys.NewKey();
        var requests = new List<HttpRequestMessage>();
        for (var i = 0; i < 20; i++)
            requests.Add(keys.Enrolment(await keys.NewUserAsync(), key).Build());
        var answers = await Task.WhenAll(requests.Select(request => World.SendAsync(request)));
        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Count(answer => answer is { Status: 409, Code: "key.registered" }).ShouldBe(19);
        (await World.QueryAsync<long>($"select count(*) from registry.keys where thumbprint = '{key.KeyId}'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_user_has_ten_keys_at_most_however_many_are_sent_at_once()
    {
        var user = await keys.NewUserAsync();
        var requests = Enumerable.Range(0, EnrolmentCheck.MostKeys + 5).Select(_ => keys.Enrolment(user, keys.NewKey()).Build()).ToList();
        var answers = await Task.WhenAll(requests.Select(request => World.SendAsync(request)));
        answers.Count(answer => answer.Status == 201).ShouldBe(EnrolmentCheck.MostKeys);
        answers.Count(answer => answer is { Status: 409, Code: "key.too-many" }).ShouldBe(5);
        await World.ShouldRefuseAsync(keys.Enrolment(user, keys.NewKey()), 409, "key.too-many");
        await World.SendAsync(keys.End(user, (await keys.ListAsync(user))[0].GetProperty("keyId").GetString()!, "retire"));
        (await World.SendAsync(keys.Enrolment(user, keys.NewKey()))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task The_nonce_of_an_enrolment_is_spent_once_and_not_by_a_forgery()
    {
        var user = await keys.NewUserAsync();
        var key = keys.NewKey();
        var request = keys.Enrolment(user, key);
        await World.ShouldRefuseAsync(request.Build().Rewrite("Signature", signature => signature[..20] + (signature[20] == 'A' ? 'B' : 'A') + signature[21..]), 401, "signature.invalid");
        (await World.SendAsync(request)).Status.ShouldBe(201);
        var again = await World.ShouldRefuseAsync(request, 409, "key.registered");
        (await World.EntriesAsync(again.DecisionId))[0].Reasons.ShouldBe(["key.registered", "signature.nonce-replayed"]);
    }

    [Fact]
    public async Task A_fresh_and_strong_sign_in_of_someone_who_signs_is_needed()
    {
        var user = await keys.NewUserAsync();
        var key = keys.NewKey();
        await World.ShouldRefuseAsync(keys.Enrolment(user, key).By(user, AcrValues.Password), 401, "acr.insufficient");
        var claims = People.Claims(World, user);
        claims["auth_time"] = World.Clock.GetUtcNow().ToUnixTimeSeconds() - 301;
        var stale = await World.ShouldRefuseAsync(keys.Enrolment(user, key).WithToken(World.Corporate.Token(claims)), 401, "acr.too-old");
        stale.Message.Headers.WwwAuthenticate.ToString().ShouldContain("max_age=\"300\"");
        await World.ShouldRefuseAsync(keys.Enrolment(await keys.NewUserAsync("viewer"), keys.NewKey()), 403, "role.missing");
    }

    [Theory]
    [InlineData("@method")]
    [InlineData("@target-uri")]
    [InlineData("authorization")]
    [InlineData("content-digest")]
    [InlineData("content-type")]
    public async Task The_signature_must_cover_each_component(string missing)
    {
        var request = keys.Enrolment("anna", keys.NewKey());
        request.Components = [.. new FapiRequestProfile().Components(KeyEnrolment.ShapeOf(false)).Where(component => component.Name != missing)];
        await World.ShouldRefuseAsync(request, 401, "signature.component-missing");
    }

    [Fact]
    public async Task Token_body_and_time_are_bound_by_it()
    {
        var key = keys.NewKey();
        var user = await keys.NewUserAsync();
        await World.ShouldRefuseAsync(keys.Enrolment(user, key).ButSends(KeyWorld.Body(key, "other")), 400, "digest.mismatch");
        await World.ShouldRefuseAsync(keys.Enrolment(user, key).Build().WithToken(People.Token(World, user)), 401, "signature.invalid");
        await World.ShouldRefuseAsync(keys.Enrolment(user, key).Build().WithToken(People.Token(World, "anna")), 401, "signature.invalid");
        var old = keys.Enrolment(user, key);
        old.Created -= TimeSpan.FromSeconds(62);
        await World.ShouldRefuseAsync(old, 401, "signature.expired");
    }

    [Theory]
    [InlineData("""{"name":"laptop"}""")]
    [InlineData("""{"key":{"kty":"OKP"}}""")]
    [InlineData("""{"name":null,"key":{}}""")]
    [InlineData("""{"name":"laptop","key":{}}""")]
    [InlineData("""{"name":"laptop","key":[]}""")]
    [InlineData("""{"name":"laptop","key":"MCow"}""")]
    [InlineData("""{"name":"laptop","key":{"kty":"oct","alg":"HS256","k":"AAAA"}}""")]
    [InlineData("""{"name":"laptop","key":{"kty":"OKP","crv":"Ed25519","x":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}""")]
    [InlineData("""{"name":"laptop","key":{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}}""")]
    [InlineData("""{"name":"","key":KEY}""")]
    [InlineData("""{"name":" laptop","key":KEY}""")]
    [InlineData("""{"name":"lap\u001b[2Jtop","key":KEY}""")]
    [InlineData("""{"name":"lap\u202Etop","key":KEY}""")]
    [InlineData("""{"name":"laptop","key":KEY,"client":"huaxin"}""")]
    [InlineData("""{"name":"laptop","key":KEY,"activeFrom":"2020-01-01T00:00:00Z"}""")]
    [InlineData("""{"Name":"laptop","Key":KEY}""")]
    [InlineData("""["laptop"]""")]
    [InlineData("null")]
    public async Task What_is_no_public_key_with_a_name_is_refused(string body)
    {
        var key = keys.NewKey();
        using var verification = key.ToVerificationKey();
        body = body.Replace("KEY", Encoding.UTF8.GetString(verification.ExportJwk()), StringComparison.Ordinal);
        await World.ShouldRefuseAsync(keys.Enrolment("anna", key, body), 422, "key.malformed");
    }

    [Fact]
    public async Task A_private_key_sent_by_mistake_is_refused_and_not_kept()
    {
        const string Private = """{"name":"laptop","key":{"kty":"OKP","crv":"Ed25519","x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs","d":"n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"}}""";
        await World.ShouldRefuseAsync(keys.Enrolment("anna", keys.NewKey(), Private), 422, "key.malformed");
        (await World.QueryAsync<long>("select count(*) from registry.keys where public_key_pem like '%n4Ni%'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_member_that_stands_twice_is_refused()
    {
        var key = keys.NewKey();
        var body = KeyWorld.Body(key).Replace("{\"name\"", "{\"name\":\"first\",\"name\"", StringComparison.Ordinal);
        await World.ShouldRefuseAsync(keys.Enrolment("anna", key, body), 400, "body.duplicate-member");
    }
}
