using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Protocol.Tests.Signatures;

public sealed class HostileSignatureTests : IDisposable
{
    private const string Covered =
        """("@method" "@target-uri" "authorization" "dpop" "content-digest" "content-type" "idempotency-key")""";

    private const string Metadata =
        """;created=1795503600;nonce="Zn7c2m0Qk4fXb1aS";keyid="anna-1";tag="fapi-2-request" """;

    private readonly SignedPayment _payment = new();

    [Theory]
    [InlineData("", "", "signature.missing")]
    [InlineData("sig=" + Covered + Metadata, "", "signature.malformed")]
    [InlineData("sig=" + Covered + Metadata, "other=:AAAA:", "signature.malformed")]
    [InlineData("sig=" + Covered + Metadata, "sig=:AAAA:, other=:AAAA:", "signature.malformed")]
    [InlineData("sig=" + Covered + Metadata + ", b=()", "sig=:AAAA:, other=:AAAA:", "signature.malformed")]
    [InlineData("sig=" + Covered + Metadata + ", sig=" + Covered + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=" + Covered + Metadata, "sig=:AAAA:, sig=:BBBB:", "signature.malformed")]
    [InlineData("a=" + Covered + Metadata + ", b=" + Covered + Metadata, "a=:AAAA:, b=:AAAA:", "signature.ambiguous")]
    [InlineData("sig=" + Covered + ";tag=\"other\"", "sig=:AAAA:", "signature.missing")]
    [InlineData("sig=" + Covered, "sig=:AAAA:", "signature.missing")]
    [InlineData("sig=" + Covered + ";tag=fapi-2-request", "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=" + Covered + Metadata, "sig=AAAA", "signature.malformed")]
    [InlineData("sig=" + Covered + Metadata, "sig=\"AAAA\"", "signature.malformed")]
    [InlineData("sig=" + Covered + Metadata, "sig=:AAA:", "signature.malformed")]
    [InlineData("sig=" + Covered + Metadata, "sig=:AAB=:", "signature.malformed")]
    [InlineData("sig=" + Covered + Metadata, "sig=::", "signature.malformed")]
    [InlineData("sig=" + Covered + Metadata, "sig=:AAAA:;x", "signature.malformed")]
    [InlineData("sig=" + Covered + Metadata, "sig=(:AAAA:)", "signature.malformed")]
    [InlineData("sig=\"@method\"" + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=(\"@method\" \"@method\")" + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=(\"a\";req;sf \"a\";sf;req)" + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=(method)" + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=(\"Authorization\")" + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=(\"\")" + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=(\"a b\")" + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=(\"a\";sf=?0)" + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=(\"a\";sf=1)" + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=(\"a\";bs;sf)" + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=(\"a\";bs;key=\"x\")" + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=(\"a\";key=x)" + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=(\"a\";req;req)" + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=(\"a\";future)" + Metadata, "sig=:AAAA:", "signature.component-unknown")]
    [InlineData("sig=(\"@future\")" + Metadata, "sig=:AAAA:", "signature.component-unknown")]
    [InlineData("sig=(\"@signature-params\")" + Metadata, "sig=:AAAA:", "signature.component-unknown")]
    [InlineData("sig=(\"@method\";sf)" + Metadata, "sig=:AAAA:", "signature.component-unknown")]
    [InlineData("sig=(\"@query-param\")" + Metadata, "sig=:AAAA:", "signature.component-unknown")]
    [InlineData("sig=(\"a\";name=\"x\")" + Metadata, "sig=:AAAA:", "signature.component-unknown")]
    [InlineData("sig=" + Covered + ";future=1" + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=" + Covered + ";created=1795503599" + Metadata, "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=" + Covered + ";created=\"1\";tag=\"fapi-2-request\"", "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=" + Covered + ";created=1.5;tag=\"fapi-2-request\"", "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=" + Covered + ";created=-1;tag=\"fapi-2-request\"", "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=" + Covered + ";created=999999999999999;tag=\"fapi-2-request\"", "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=" + Covered + ";keyid=anna-1;tag=\"fapi-2-request\"", "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=" + Covered + ";keyid=\"ann\u00E4\";tag=\"fapi-2-request\"", "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=" + Covered + Metadata + "junk", "sig=:AAAA:", "signature.malformed")]
    [InlineData("sig=" + Covered + Metadata + ",", "sig=:AAAA:", "signature.malformed")]
    public void Fields_that_cannot_be_read_one_way_are_refused(string input, string signature, string code) =>
        _payment.Judge(input, signature).ShouldNotBeNull().Code().ShouldBe(code);

    [Fact]
    public void A_request_without_the_fields_is_not_signed() =>
        _payment.Judge(default, default).ShouldBe(SignatureFault.Missing);

    [Fact]
    public void The_label_means_nothing_and_foreign_signatures_are_left_alone()
    {
        var signed = _payment.Sign();
        var input = $"proxy=(\"@method\" \"@future\");keyid=\"p\", {signed.SignatureInput}";
        _payment.Judge(input, $"{signed.Signature}, proxy=:AAAA:").ShouldBeNull();
        _payment.Judge(new[] { "proxy=()", signed.SignatureInput }, new[] { signed.Signature, "proxy=:AAAA:" }).ShouldBeNull();
        _payment.Judge("x" + signed.SignatureInput, "x" + signed.Signature).ShouldBeNull();
    }

    [Theory]
    [InlineData("@method")]
    [InlineData("@target-uri")]
    [InlineData("authorization")]
    [InlineData("dpop")]
    [InlineData("content-digest")]
    [InlineData("content-type")]
    [InlineData("idempotency-key")]
    public void A_valid_signature_that_leaves_out_a_required_component_is_refused(string left)
    {
        var signed = _payment.Sign(_payment.Profile.Components(SignedPayment.Shape).Where(component => component.Name != left));
        _payment.Judge(signed.SignatureInput, signed.Signature).ShouldBe(SignatureFault.ComponentMissing);
    }

    [Fact]
    public void A_component_in_another_guise_does_not_count_as_covered()
    {
        var covered = _payment.Profile.Components(SignedPayment.Shape).Where(component => component.Name != "content-digest");
        var signed = _payment.Sign([.. covered, ComponentIdentifier.Parse("\"content-digest\";key=\"sha-256\"")]);
        _payment.Judge(signed.SignatureInput, signed.Signature).ShouldBe(SignatureFault.ComponentMissing);
    }

    [Fact]
    public void A_claimed_algorithm_must_be_the_registered_one()
    {
        using var explicitly = new SignedPayment { Parameters = _payment.Parameters with { Algorithm = "ecdsa-p256-sha256" } };
        var signed = explicitly.Sign();
        explicitly.Judge(signed.SignatureInput, signed.Signature).ShouldBeNull();
        foreach (var claimed in (string[])["ed25519", "hmac-sha256", "ecdsa-p384-sha384", "none", ""])
            explicitly.Judge(signed.SignatureInput.Replace("ecdsa-p256-sha256", claimed, StringComparison.Ordinal), signed.Signature)
                .ShouldBe(SignatureFault.AlgorithmMismatch, claimed);
    }

    [Theory]
    [InlineData(-60, null)]
    [InlineData(-61, SignatureFault.Expired)]
    [InlineData(10, null)]
    [InlineData(11, SignatureFault.FromTheFuture)]
    public void A_signature_is_fresh_for_a_minute(int createdAfterNow, SignatureFault? fault)
    {
        var signed = _payment.Sign();
        _payment.Judge(signed.SignatureInput, signed.Signature, at: SignedPayment.Now.AddSeconds(-createdAfterNow)).ShouldBe(fault);
    }

    [Fact]
    public void A_signature_past_its_own_end_is_refused_although_young()
    {
        using var brief = new SignedPayment { Parameters = _payment.Parameters with { Expires = SignedPayment.Now.AddSeconds(5) } };
        var signed = brief.Sign();
        brief.Judge(signed.SignatureInput, signed.Signature, at: SignedPayment.Now.AddSeconds(4)).ShouldBeNull();
        brief.Judge(signed.SignatureInput, signed.Signature, at: SignedPayment.Now.AddSeconds(16)).ShouldBe(SignatureFault.Expired);
    }

    public static TheoryData<string, SignatureParameters, SignatureFault> Incomplete()
    {
        var whole = new SignatureParameters { Created = SignedPayment.Now, Nonce = new string('n', 16), Tag = FapiRequestProfile.Tag };
        return new()
        {
            { "no created", whole with { Created = null }, SignatureFault.CreatedMissing },
            { "no nonce", whole with { Nonce = null }, SignatureFault.NonceMissing },
            { "short nonce", whole with { Nonce = new string('n', 15) }, SignatureFault.Malformed },
            { "long nonce", whole with { Nonce = new string('n', 129) }, SignatureFault.Malformed },
            { "ends before it begins", whole with { Expires = SignedPayment.Now.AddSeconds(-1) }, SignatureFault.Expired },
        };
    }

    [Theory]
    [MemberData(nameof(Incomplete))]
    public void Metadata_that_policy_needs_must_be_there(string lacking, SignatureParameters parameters, SignatureFault fault)
    {
        using var payment = new SignedPayment { Parameters = parameters };
        var signed = payment.Sign();
        payment.Judge(signed.SignatureInput, signed.Signature).ShouldBe(fault, lacking);
    }

    [Fact]
    public void A_DER_signature_is_not_the_raw_one_the_RFC_asks()
    {
        var signed = _payment.Sign();
        var raw = RawOf(signed);
        var der = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (der.PushSequence())
        {
            der.WriteIntegerUnsigned(raw.AsSpan(0, 32).TrimStart((byte)0));
            der.WriteIntegerUnsigned(raw.AsSpan(32).TrimStart((byte)0));
        }
        _payment.Judge(signed.SignatureInput, Field(der.Encode())).ShouldBe(SignatureFault.Invalid);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    public void A_signature_with_a_zero_half_is_invalid(int half)
    {
        var signed = _payment.Sign();
        var raw = RawOf(signed);
        raw.AsSpan(half, 32).Clear();
        _payment.Judge(signed.SignatureInput, Field(raw)).ShouldBe(SignatureFault.Invalid);
        _payment.Judge(signed.SignatureInput, Field(new byte[64])).ShouldBe(SignatureFault.Invalid);
        raw.AsSpan().Fill(0xFF);
        _payment.Judge(signed.SignatureInput, Field(raw)).ShouldBe(SignatureFault.Invalid);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(4096)]
    public void A_signature_of_another_length_is_invalid(int length)
    {
        var signed = _payment.Sign();
        var raw = RawOf(signed);
        Array.Resize(ref raw, length);
        _payment.Judge(signed.SignatureInput, Field(raw)).ShouldBe(SignatureFault.Invalid);
    }

    [Fact]
    public void A_field_of_boundless_length_is_refused_unread()
    {
        var signed = _payment.Sign();
        _payment.Judge(signed.SignatureInput, "sig=:" + new string('A', 20_000) + ":").ShouldBe(SignatureFault.Malformed);
        _payment.Judge(new string(' ', 20_000) + signed.SignatureInput, signed.Signature).ShouldBe(SignatureFault.Malformed);
        var many = string.Join(", ", Enumerable.Range(0, 33).Select(n => $"l{n}=()"));
        _payment.Judge(many, signed.Signature).ShouldBe(SignatureFault.Malformed);
    }

    public void Dispose() => _payment.Dispose();

    private static byte[] RawOf(MessageSignature signed) => Convert.FromBase64String(signed.Signature[5..^1]);

    private static string Field(byte[] signature) => $"sig=:{Convert.ToBase64String(signature)}:";
}
