using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Protocol.Tests.Signatures;

/// <summary>Fields on several lines, folded, empty or wrapped, and the parameters of components in all their company.</summary>
public sealed class ComponentTests : IDisposable
{
    private readonly SignedPayment _payment = new();

    [Theory]
    [InlineData("\"x-lines\"", "a, , b")]
    [InlineData("\"x-lines\";bs", ":YQ==:, ::, :Yg==:")]
    [InlineData("\"x-empty\"", "")]
    [InlineData("\"x-empty\";bs", "::")]
    [InlineData("\"x-spaces\"", "")]
    [InlineData("\"x-spaces\";bs", "::")]
    [InlineData("\"x-folded\"", "one two three")]
    [InlineData("\"x-folded\";bs", ":b25lIHR3byB0aHJlZQ==:")]
    [InlineData("\"x-list\";sf", "a, (b c);d=1, \"e\"")]
    [InlineData("\"x-item\";sf", "1.5;a;b=?0")]
    [InlineData("\"x-dict\";sf", "a, b=(1 2);x, c=:AAA=:")]
    [InlineData("\"x-dict\";key=\"b\"", "(1 2);x")]
    [InlineData("\"x-dict\";key=\"a\"", "?1")]
    [InlineData("\"x-dict\";sf;key=\"c\"", ":AAA=:")]
    [InlineData("\"x-only-trailer\";tr", "late")]
    [InlineData("\"x-item\";tr;sf", "2")]
    [InlineData("\"x-lines\";tr;bs", ":Yw==:")]
    public void Values_of_a_message_that_uses_everything(string component, string value) => ValueOf(Everything(), component).ShouldBe(value);

    [Theory]
    [InlineData("\"x-lines\";sf", SignatureFault.ComponentUnknown)]
    [InlineData("\"x-twice\";sf", SignatureFault.Malformed)]
    [InlineData("\"x-twice\";key=\"a\"", SignatureFault.Malformed)]
    [InlineData("\"x-twice\";key=\"b\"", null)]
    [InlineData("\"x-list\";key=\"a\"", SignatureFault.Malformed)]
    [InlineData("\"x-dict\";key=\"\"", SignatureFault.ComponentMissing)]
    [InlineData("\"x-dict\";key=\"B\"", SignatureFault.ComponentMissing)]
    [InlineData("\"x-dict\";key=\"z\"", SignatureFault.ComponentMissing)]
    [InlineData("\"x-dict\";tr", SignatureFault.ComponentMissing)]
    [InlineData("\"x-only-trailer\"", SignatureFault.ComponentMissing)]
    [InlineData("\"x-dict\";req", SignatureFault.ComponentUnknown)]
    [InlineData("\"@target-uri\";req", SignatureFault.ComponentUnknown)]
    [InlineData("\"x-only-trailer\";tr;req", SignatureFault.ComponentUnknown)]
    [InlineData("\"x-bad-fold\"", SignatureFault.Malformed)]
    [InlineData("\"x-bad-fold\";bs", SignatureFault.Malformed)]
    [InlineData("\"x-control\"", SignatureFault.Malformed)]
    [InlineData("\"x-wide\"", SignatureFault.Malformed)]
    [InlineData("\"x-wide\";bs", SignatureFault.Malformed)]
    [InlineData("\"@status\"", SignatureFault.ComponentUnknown)]
    public void What_has_no_one_value_in_a_request(string component, SignatureFault? fault) => FaultOf(Everything(), component).ShouldBe(fault);

    [Theory]
    [InlineData("\"x-dict\";req", "a,  b=(1   2);x,c=:AAA=:")]
    [InlineData("\"x-dict\";req;sf", "a, b=(1 2);x, c=:AAA=:")]
    [InlineData("\"x-dict\";key=\"b\";req", "(1 2);x")]
    [InlineData("\"x-lines\";bs;req", ":YQ==:, ::, :Yg==:")]
    [InlineData("\"x-only-trailer\";tr;req", "late")]
    [InlineData("\"@query-param\";req;name=\"q\"", "1")]
    [InlineData("\"@path\";req", "/everything")]
    public void A_response_reaches_all_of_its_request(string component, string value) =>
        ValueOf(InMemoryMessage.ForResponse(200, Everything()), component).ShouldBe(value);

    [Theory]
    [InlineData("\"@status\";req", SignatureFault.ComponentUnknown)]
    [InlineData("\"@method\"", SignatureFault.ComponentUnknown)]
    [InlineData("\"@query-param\";name=\"q\"", SignatureFault.ComponentUnknown)]
    [InlineData("\"x-dict\"", SignatureFault.ComponentMissing)]
    public void A_response_has_nothing_else_of_it(string component, SignatureFault fault) =>
        FaultOf(InMemoryMessage.ForResponse(200, Everything()), component).ShouldBe(fault);

    [Theory]
    [InlineData("\"@method\";tr")]
    [InlineData("\"@method\";bs")]
    [InlineData("\"@method\";key=\"a\"")]
    [InlineData("\"@path\";name=\"a\"")]
    [InlineData("\"@query-param\"")]
    [InlineData("\"@query-param\";name=\"a\";sf")]
    [InlineData("\"@request-response\"")]
    [InlineData("\"@signature-params\"")]
    [InlineData("\"x-a\";bs;sf")]
    [InlineData("\"x-a\";bs;key=\"a\"")]
    [InlineData("\"x-a\";sf=?0")]
    [InlineData("\"x-a\";req=1")]
    [InlineData("\"x-a\";tr=\"?1\"")]
    [InlineData("\"x-a\";unheard-of")]
    [InlineData("\"X-A\"")]
    [InlineData("x-a")]
    [InlineData("\"x-a\\\"\"")]
    [InlineData("\"\"")]
    [InlineData("\"@\"")]
    public void A_component_that_nobody_defined_is_none(string component) => Should.Throw<ArgumentException>(() => ComponentIdentifier.Parse(component));

    /// <summary>What is signed is one line a component: no value, name or parameter may bring another.</summary>
    [Theory]
    [InlineData("v\n\"@method\": GET")]
    [InlineData("v\r\n\"@method\": GET")]
    [InlineData("v\r\"@method\": GET")]
    [InlineData("v\n \"@method\": GET\nx")]
    [InlineData("v\u0085\"@method\": GET")]
    [InlineData("v\u2028\"@method\": GET")]
    [InlineData("v\v\"@method\": GET")]
    public void A_value_cannot_pass_for_another_line_of_the_base(string value)
    {
        FaultOf(SignedPayment.Message().With("X-A", value), "\"x-a\"").ShouldBe(SignatureFault.Malformed);
        FaultOf(InMemoryMessage.ForRequest("GET", "https", "localhost", "/?a=" + value), "\"@request-target\"").ShouldBe(SignatureFault.Malformed);
        FaultOf(InMemoryMessage.ForRequest(value, "https", "localhost", "/"), "\"@method\"").ShouldBe(SignatureFault.Malformed);
        FaultOf(InMemoryMessage.ForRequest("GET", "https", value, "/"), "\"@authority\"").ShouldBe(SignatureFault.Malformed);
    }

    [Theory]
    [InlineData("\"@method\";req", SignatureFault.ComponentUnknown)]
    [InlineData("\"@status\"", SignatureFault.ComponentUnknown)]
    [InlineData("\"idempotency-key\";tr", SignatureFault.ComponentMissing)]
    [InlineData("\"authorization\";sf", SignatureFault.ComponentUnknown)]
    [InlineData("\"x-absent\"", SignatureFault.ComponentMissing)]
    [InlineData("\"@query-param\";name=\"absent\"", SignatureFault.ComponentMissing)]
    public void A_signature_that_covers_too_much_is_refused_before_it_is_verified(string component, SignatureFault fault)
    {
        var signed = _payment.Sign();
        _payment.Judge(signed.SignatureInput.Replace("(", $"({component} ", StringComparison.Ordinal), signed.Signature).ShouldBe(fault);
    }

    [Fact]
    public void More_than_needed_may_be_covered_and_then_it_counts()
    {
        var signed = _payment.Sign([.. _payment.Profile.Components(SignedPayment.Shape), ComponentIdentifier.Parse("\"content-digest\";key=\"sha-256\""), ComponentIdentifier.Parse("\"dpop\";bs")]);
        _payment.Judge(signed.SignatureInput, signed.Signature).ShouldBeNull();
    }

    [Fact]
    public void The_order_of_components_and_parameters_is_signed()
    {
        var signed = _payment.Sign();
        _payment.Judge(signed.SignatureInput.Replace("\"@method\" \"@target-uri\"", "\"@target-uri\" \"@method\"", StringComparison.Ordinal), signed.Signature)
            .ShouldBe(SignatureFault.Invalid);
        var nonce = ";nonce=\"" + _payment.Parameters.Nonce + "\"";
        _payment.Judge(signed.SignatureInput.Replace(nonce, "", StringComparison.Ordinal) + nonce, signed.Signature).ShouldBe(SignatureFault.Invalid);
    }

    [Fact]
    public void A_label_moved_to_another_signature_breaks_both()
    {
        using var other = new SignedPayment { Parameters = new() { Created = SignedPayment.Now, Tag = "other", KeyId = "x" } };
        var mine = _payment.Sign();
        var theirs = other.Sign();
        var inputs = $"{mine.SignatureInput}, two{theirs.SignatureInput[3..]}";
        _payment.Judge(inputs, $"{mine.Signature}, two{theirs.Signature[3..]}").ShouldBeNull();
        _payment.Judge(inputs, $"two{mine.Signature[3..]}, {theirs.Signature}").ShouldBe(SignatureFault.Invalid);
    }

    public void Dispose() => _payment.Dispose();

    private static InMemoryMessage Everything() => InMemoryMessage.ForRequest("POST", "https://localhost/everything?q=1")
        .Knowing("x-list", StructuredFieldKind.List).Knowing("x-item", StructuredFieldKind.Item)
        .Knowing("x-dict", StructuredFieldKind.Dictionary).Knowing("x-twice", StructuredFieldKind.Dictionary)
        .With("X-Lines", "a").With("X-Lines", "").With("X-Lines", " b\t")
        .With("X-Empty", "").With("X-Spaces", " \t ")
        .With("X-Folded", "one \r\n  two\r\n\tthree")
        .With("X-Bad-Fold", "one\r\ntwo")
        .With("X-List", "a").With("X-List", "(b   c);d=1 ,  \"e\"")
        .With("X-Item", " 1.50;a;b=?0 ")
        .With("X-Dict", "a,  b=(1   2);x,c=:AAA=:")
        .With("X-Twice", "a=1, b=2").With("X-Twice", "a=3")
        .With("X-Control", "a\u0001b").With("X-Wide", "\u4E2D")
        .WithTrailer("X-Only-Trailer", "late").WithTrailer("X-Item", "2").WithTrailer("X-Lines", "c");

    private static string ValueOf(MessageView message, string component)
    {
        SignatureBase.TryBuild(message, [ComponentIdentifier.Parse(component)], "()", out var text).ShouldBeNull();
        return text[(component.Length + 2)..text.LastIndexOf("\n\"@signature-params\": ()", StringComparison.Ordinal)];
    }

    private static SignatureFault? FaultOf(MessageView message, string component) =>
        SignatureBase.TryBuild(message, [ComponentIdentifier.Parse(component)], "()", out _);
}
