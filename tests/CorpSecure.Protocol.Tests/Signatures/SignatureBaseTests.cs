using CorpSecure.Protocol.Signatures;
using static CorpSecure.Protocol.Tests.Signatures.Rfc9421Samples;

namespace CorpSecure.Protocol.Tests.Signatures;

/// <summary>The examples in the text of RFC 9421, sections 2.1 to 2.5, and their neighbours.</summary>
public class SignatureBaseTests
{
    [Theory]
    [InlineData("\"host\"", "www.example.com")]
    [InlineData("\"date\"", "Tue, 20 Apr 2021 02:07:56 GMT")]
    [InlineData("\"x-ows-header\"", "Leading and trailing whitespace.")]
    [InlineData("\"x-obs-fold-header\"", "Obsolete line folding.")]
    [InlineData("\"cache-control\"", "max-age=60, must-revalidate")]
    [InlineData("\"example-dict\"", "a=1,    b=2;x=1;y=2,   c=(a   b   c)")]
    [InlineData("\"example-dict\";sf", "a=1, b=2;x=1;y=2, c=(a b c)")]
    [InlineData("\"x-empty-header\"", "")]
    public void Fields_of_section_2_1(string component, string value) => ValueOf(FieldExamples(), component).ShouldBe(value);

    [Theory]
    [InlineData("a", "1")]
    [InlineData("d", "?1")]
    [InlineData("b", "2;x=1;y=2")]
    [InlineData("c", "(a b c)")]
    public void Dictionary_members_of_section_2_1_2(string key, string value)
    {
        var message = Get("/").With("Example-Dict", " a=1, b=2;x=1;y=2, c=(a   b    c), d");
        ValueOf(message, $"\"example-dict\";key=\"{key}\"").ShouldBe(value);
    }

    [Fact]
    public void Binary_wrapping_of_section_2_1_3_tells_two_lines_from_one()
    {
        var two = Get("/").With("Example-Header", "value, with, lots").With("Example-Header", "of, commas");
        var one = Get("/").With("Example-Header", "value, with, lots, of, commas");

        ValueOf(two, "\"example-header\"").ShouldBe(ValueOf(one, "\"example-header\""));
        ValueOf(two, "\"example-header\";bs").ShouldBe(":dmFsdWUsIHdpdGgsIGxvdHM=:, :b2YsIGNvbW1hcw==:");
        ValueOf(one, "\"example-header\";bs").ShouldBe(":dmFsdWUsIHdpdGgsIGxvdHMsIG9mLCBjb21tYXM=:");
    }

    [Fact]
    public void Binary_wrapping_carries_octets_that_are_not_ASCII() =>
        ValueOf(Get("/").With("X-Name", "Ren\u00E9"), "\"x-name\";bs").ShouldBe(":UmVu6Q==:");

    [Fact]
    public void Trailer_of_section_2_1_4_is_not_the_header_of_the_same_name()
    {
        var message = InMemoryMessage.ForResponse(200)
            .With("Trailer", "Expires").WithTrailer("Expires", "Wed, 9 Nov 2022 07:28:00 GMT");
        ValueOf(message, "\"trailer\"").ShouldBe("Expires");
        ValueOf(message, "\"expires\";tr").ShouldBe("Wed, 9 Nov 2022 07:28:00 GMT");
        FaultOf(message, "\"expires\"").ShouldBe(SignatureFault.ComponentMissing);
    }

    [Theory]
    [InlineData("\"@method\"", "POST")]
    [InlineData("\"@target-uri\"", "https://www.example.com/path?param=value")]
    [InlineData("\"@authority\"", "www.example.com")]
    [InlineData("\"@scheme\"", "https")]
    [InlineData("\"@request-target\"", "/path?param=value")]
    [InlineData("\"@path\"", "/path")]
    [InlineData("\"@query\"", "?param=value")]
    public void Derived_components_of_section_2_2(string component, string value) =>
        ValueOf(InMemoryMessage.ForRequest("POST", "HTTPS://WWW.Example.com:443/path?param=value"), component).ShouldBe(value);

    [Theory]
    [InlineData("GET", "https://www.example.com/path?param=value", "https://www.example.com/path?param=value")]
    [InlineData("CONNECT", "www.example.com:80", "www.example.com:80")]
    [InlineData("OPTIONS", "*", "*")]
    public void Request_target_of_section_2_2_5_is_what_was_sent(string method, string target, string value) =>
        ValueOf(InMemoryMessage.ForRequest(method, "https", "www.example.com", target), "\"@request-target\"").ShouldBe(value);

    [Theory]
    [InlineData("/path?param=value&foo=bar&baz=batman", "?param=value&foo=bar&baz=batman")]
    [InlineData("/path?queryString", "?queryString")]
    [InlineData("/path?", "?")]
    [InlineData("/path", "?")]
    [InlineData("https://www.example.com/path?a%20b", "?a%20b")]
    public void Query_of_section_2_2_7(string target, string value) =>
        ValueOf(InMemoryMessage.ForRequest("GET", "https", "www.example.com", target), "\"@query\"").ShouldBe(value);

    [Theory]
    [InlineData("", "/")]
    [InlineData("?x", "/")]
    [InlineData("https://www.example.com", "/")]
    [InlineData("/a%2Fb//c", "/a%2Fb//c")]
    public void An_empty_path_is_a_slash_and_any_other_is_kept(string target, string value) =>
        ValueOf(InMemoryMessage.ForRequest("GET", "https", "www.example.com", target), "\"@path\"").ShouldBe(value);

    [Theory]
    [InlineData("/path?param=value&foo=bar&baz=batman&qux=", "baz", "batman")]
    [InlineData("/path?param=value&foo=bar&baz=batman&qux=", "qux", "")]
    [InlineData("/path?param=value&foo=bar&baz=batman&qux=", "param", "value")]
    [InlineData("/parameters?var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something", "var", "this%20is%20a%20big%0Amultiline%20value")]
    [InlineData("/parameters?var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something", "bar", "with%20plus%20whitespace")]
    [InlineData("/parameters?var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something", "fa%C3%A7ade%22%3A%20", "something")]
    public void Query_parameters_of_section_2_2_8(string target, string name, string value) =>
        ValueOf(Get(target), $"\"@query-param\";name=\"{name}\"").ShouldBe(value);

    [Theory]
    [InlineData("/path?a=1&a=2", SignatureFault.Malformed)]
    [InlineData("/path?a=1&%61=2", SignatureFault.Malformed)]
    [InlineData("/path?b=1", SignatureFault.ComponentMissing)]
    [InlineData("/path?a=%FF", SignatureFault.Malformed)]
    public void A_query_parameter_without_one_clear_value_cannot_be_covered(string target, SignatureFault fault) =>
        FaultOf(Get(target), "\"@query-param\";name=\"a\"").ShouldBe(fault);

    [Fact]
    public void Signature_base_of_section_2_5_is_exact() => BaseOf(
        TestRequest(),
        """("@method" "@authority" "@path" "content-digest" "content-length" "content-type");created=1618884473;keyid="test-key-rsa-pss" """.Trim()).ShouldBe("""
        "@method": POST
        "@authority": example.com
        "@path": /foo
        "content-digest": sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:
        "content-length": 18
        "content-type": application/json
        "@signature-params": ("@method" "@authority" "@path" "content-digest" "content-length" "content-type");created=1618884473;keyid="test-key-rsa-pss"
        """);

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r\nb")]
    [InlineData("a\rb")]
    [InlineData("a\r b")]
    [InlineData("a\0b")]
    [InlineData("a\x7Fb")]
    [InlineData("Ren\u00E9")]
    public void A_field_value_that_is_not_one_line_of_ASCII_cannot_be_covered(string value) =>
        FaultOf(Get("/").With("X-Name", value), "\"x-name\"").ShouldBe(SignatureFault.Malformed);

    [Theory]
    [InlineData("\"x-unknown-type\";sf", SignatureFault.ComponentUnknown)]
    [InlineData("\"content-digest\";sf", SignatureFault.Malformed)]
    [InlineData("\"content-digest\";key=\"sha-256\"", SignatureFault.Malformed)]
    [InlineData("\"priority\";key=\"u\"", SignatureFault.Malformed)]
    [InlineData("\"signature\";key=\"none\"", SignatureFault.ComponentMissing)]
    [InlineData("\"@status\"", SignatureFault.ComponentUnknown)]
    [InlineData("\"@method\";req", SignatureFault.ComponentUnknown)]
    [InlineData("\"absent\"", SignatureFault.ComponentMissing)]
    public void A_component_without_a_value_in_this_message_is_a_fault(string component, SignatureFault fault)
    {
        var message = Get("/").With("X-Unknown-Type", "a").With("Content-Digest", "sha-256=:?").With("Priority", "u=1, u=2").With("Signature", "sig=:AAAA:");
        FaultOf(message, component).ShouldBe(fault);
    }

    [Fact]
    public void A_response_has_no_method_of_its_own_and_without_its_request_none_at_all()
    {
        FaultOf(TestResponse(), "\"@method\"").ShouldBe(SignatureFault.ComponentUnknown);
        FaultOf(InMemoryMessage.ForResponse(200), "\"@method\";req").ShouldBe(SignatureFault.ComponentMissing);
        ValueOf(TestResponse(), "\"@method\";req").ShouldBe("POST");
        ValueOf(TestResponse(), "\"@status\"").ShouldBe("200");
    }

    [Theory]
    [InlineData("https://localhost", "https://localhost/")]
    [InlineData("https://localhost?x", "https://localhost/?x")]
    [InlineData("https://LOCALHOST:443/A%2f?x", "https://localhost/A%2f?x")]
    [InlineData("https://localhost:8443//a", "https://localhost:8443//a")]
    public void A_target_uri_is_what_is_sent_to_a_normalized_origin(string uri, string value) =>
        ValueOf(InMemoryMessage.ForRequest("GET", uri), "\"@target-uri\"").ShouldBe(value);

    [Fact]
    public void An_absolute_target_does_not_bring_its_own_origin() =>
        ValueOf(InMemoryMessage.ForRequest("GET", "https", "bank.example", "https://evil.example/pay?x=1"), "\"@target-uri\"")
            .ShouldBe("https://bank.example/pay?x=1");

    [Theory]
    [InlineData("/a b\n\"@status\": 200")]
    [InlineData("/f\u00FC")]
    [InlineData("/\t")]
    public void A_target_that_would_break_the_line_cannot_be_covered(string target) =>
        FaultOf(Get(target), "\"@target-uri\"").ShouldBe(SignatureFault.Malformed);

    private static InMemoryMessage Get(string target) => InMemoryMessage.ForRequest("GET", "https", "www.example.com", target);

    private static InMemoryMessage FieldExamples() => Get("/")
        .Knowing("example-dict", StructuredFieldKind.Dictionary)
        .With("Host", "www.example.com")
        .With("Date", "Tue, 20 Apr 2021 02:07:56 GMT")
        .With("X-OWS-Header", "   Leading and trailing whitespace.\t  ")
        .With("X-Obs-Fold-Header", "Obsolete \r\n    line folding.")
        .With("Cache-Control", "max-age=60").With("Cache-Control", "   must-revalidate")
        .With("Example-Dict", " a=1,    b=2;x=1;y=2,   c=(a   b   c)")
        .With("X-Empty-Header", "");

    private static string ValueOf(MessageView message, string component)
    {
        SignatureBase.TryBuild(message, [ComponentIdentifier.Parse(component)], "()", out var text).ShouldBeNull();
        return text[(component.Length + 2)..text.LastIndexOf("\n\"@signature-params\": ()", StringComparison.Ordinal)];
    }

    private static SignatureFault? FaultOf(MessageView message, string component) =>
        SignatureBase.TryBuild(message, [ComponentIdentifier.Parse(component)], "()", out _);
}
