using System.Security.Cryptography;
using System.Text;
using CorpSecure.Protocol.Signatures;
using static CorpSecure.Protocol.Tests.Signatures.Rfc9421Samples;

namespace CorpSecure.Protocol.Tests.Signatures;

public class Rfc9421AppendixBTests
{
    private const string TransformDate = "Fri, 15 Jul 2022 14:24:55 GMT";
    private const string TransformSignature = "ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==";

    private const string TransformInput =
        """("@method" "@path" "@authority" "accept");created=1618884473;keyid="test-key-ed25519" """;

    [Fact]
    public void Minimal_signature_of_B_2_1_verifies()
    {
        using var key = RsaPssKey();
        Verify(
            TestRequest(),
            """sig-b21=();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd" """,
            "sig-b21=:d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG"
            + "52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HEL"
            + "jVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==:",
            key).ShouldBeNull();
    }

    [Fact]
    public void Selective_signature_of_B_2_2_verifies()
    {
        using var key = RsaPssKey();
        Verify(
            TestRequest(),
            """sig-b22=("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example" """,
            "sig-b22=:LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT"
            + "8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcs"
            + "Ik4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==:",
            key,
            "header-example").ShouldBeNull();
    }

    [Fact]
    public void Full_signature_of_B_2_3_verifies()
    {
        using var key = RsaPssKey();
        Verify(
            TestRequest(),
            """sig-b23=("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss" """,
            "sig-b23=:bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fU"
            + "xN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvf"
            + "rs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==:",
            key).ShouldBeNull();
    }

    [Fact]
    public void Response_signature_of_B_2_4_verifies()
    {
        using var key = EllipticKey();
        Verify(
            TestResponse(),
            """sig-b24=("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256" """,
            "sig-b24=:wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==:",
            key).ShouldBeNull();
    }

    [Fact]
    public void Shared_secret_of_B_2_5_gives_that_signature_and_is_no_key_here()
    {
        const string Input = """("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret" """;
        var text = BaseOf(TestRequest(), Input.Trim());
        text.ShouldBe("""
            "date": Tue, 20 Apr 2021 02:07:55 GMT
            "@authority": example.com
            "content-type": application/json
            "@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"
            """);
        Convert.ToBase64String(HMACSHA256.HashData(SharedSecret, Encoding.ASCII.GetBytes(text))).ShouldBe("pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=");
        SignatureAlgorithm.TryFind("hmac-sha256", out _).ShouldBeFalse();
    }

    [Fact]
    public void Signature_of_B_2_6_verifies_and_is_made_again()
    {
        using var key = EdwardsKey();
        const string Input = """sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519" """;
        const string Value = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";
        Verify(TestRequest(), Input, $"sig-b26=:{Value}:", key).ShouldBeNull();
        SignedAgain(BaseOf(TestRequest(), Input[8..].Trim())).ShouldBe(Value);
    }

    [Fact]
    public void Signature_behind_the_TLS_proxy_of_B_3_verifies()
    {
        using var key = EllipticKey();
        var message = InMemoryMessage
            .ForRequest("POST", "https://service.internal.example/foo?param=Value&Pet=dog")
            .With("Client-Cert", ClientCertificate);
        Verify(
            message,
            """ttrp=("@path" "@query" "@method" "@authority" "client-cert");created=1618884473;keyid="test-key-ecc-p256" """,
            "ttrp=:xVMHVpawaAC/0SbHrKRs9i8I3eOs5RtTMGCWXm/9nvZzoHsIg6Mce9315T6xoklyy0yzhD9ah4JHRwMLOgmizw==:",
            key).ShouldBeNull();
    }

    [Fact]
    public void Response_bound_to_its_request_of_section_2_4_verifies()
    {
        using var key = EllipticKey();
        var response = InMemoryMessage.ForResponse(503, TestRequest())
            .With("Content-Type", "application/json")
            .With("Content-Digest", "sha-512=:0Y6iCBzGg5rZtoXS95Ijz03mslf6KAMCloESHObfwnHJDbkkWWQz6PhhU9kxsTbARtY2PTBOzq24uJFpHsMuAg==:");
        const string Input =
            """reqres=("@status" "content-digest" "content-type" "@authority";req "@method";req "@path";req "content-digest";req);created=1618884479;keyid="test-key-ecc-p256" """;
        const string Value = "reqres=:dMT/A/76ehrdBTD/2Xx8QuKV6FoyzEP/I9hdzKN8LQJLNgzU4W767HK05rx1i8meNQQgQPgQp8wq2ive3tV5Ag==:";
        Verify(response, Input, Value, key).ShouldBeNull();

        var forAnother = InMemoryMessage.ForResponse(503, InMemoryMessage.ForRequest("GET", "https://example.com/foo").With("Content-Digest", RequestDigest))
            .With("Content-Type", "application/json").With("Content-Digest", response.Field("content-digest")[0]);
        Verify(forAnother, Input, Value, key).ShouldBe(SignatureFault.Invalid);
    }

    public static TheoryData<string, bool, InMemoryMessage> Transforms() => new()
    {
        { "as signed", true, Demo("example.org", "application/json", "*/*").With("Date", TransformDate) },
        {
            "a field and a query parameter added", true,
            Demo("example.org", "&param=added", "application/json", "*/*").With("Date", TransformDate).With("Accept-Language", "en-US,en;q=0.5")
        },
        {
            "a field removed and another added, lines of Accept joined", true,
            Demo("example.org", "application/json, */*").With("Referer", "https://developer.example.org/demo")
        },
        { "fields reordered", true, Demo("EXAMPLE.org:443", "application/json", "*/*").With("Date", TransformDate) },
        {
            "method and authority changed", false,
            InMemoryMessage.ForRequest("POST", "https://example.com/demo?name1=Value1&Name2=value2")
                .With("Date", TransformDate).With("Accept", "application/json").With("Accept", "*/*")
        },
        { "lines of Accept reordered", false, Demo("example.org", "*/*", "application/json").With("Date", TransformDate) },
    };

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Transforms_of_B_4_keep_the_signature_or_break_it(string transform, bool keeps, InMemoryMessage message)
    {
        using var key = EdwardsKey();
        Verify(message, "transform=" + TransformInput, $"transform=:{TransformSignature}:", key)
            .ShouldBe(keeps ? null : SignatureFault.Invalid, transform);
    }

    [Fact]
    public void Signature_of_B_4_is_made_again()
    {
        var text = BaseOf(Demo("example.org", "application/json", "*/*"), TransformInput.Trim());
        text.ShouldBe("""
            "@method": GET
            "@path": /demo
            "@authority": example.org
            "accept": application/json, */*
            "@signature-params": ("@method" "@path" "@authority" "accept");created=1618884473;keyid="test-key-ed25519"
            """);
        SignedAgain(text).ShouldBe(TransformSignature);
    }

    [Fact]
    public void Signature_of_section_4_3_by_RSASSA_PKCS1_is_refused_under_every_algorithm()
    {
        const string Input = """
            proxy_sig=("@method" "@authority" "@path" "content-digest" "content-type" "content-length" "forwarded");created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256";expires=1618884540
            """;
        const string Value = "S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4BCaRZxP+JH+8XY1I6+8Cy+CM5g92iHgxtRPz+MjniOaYmdkDcnL9cCpXJleXsOckpURl49GwiyUpZ1"
            + "0KHgOEe11sx3G2gxI8S0jnxQB+Pu68U9vVcasqOWAEObtNKKZd8tSFu7LB5YAv0RAGhB8tmpv7sFnIm9y+7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtfl"
            + "zvZdXAsD3LH2TwevU+/PBPv0B6NMNk93wUs/vfJvye+YuI87HU38lZHowtznbLVdp770I6VHR6WfgS9ddzirrswsE1w5o0LV/g==";
        var message = InMemoryMessage.ForRequest("POST", "https://origin.host.internal.example/foo?param=Value&Pet=dog")
            .With("Content-Digest", RequestDigest).With("Content-Type", "application/json").With("Content-Length", "18")
            .With("Forwarded", "for=192.0.2.123;host=example.com;proto=https");
        using var rsa = RSA.Create();
        rsa.ImportFromPem(RsaPublicPem);
        var text = BaseOf(message, Input["proxy_sig=".Length..]);
        rsa.VerifyData(Encoding.ASCII.GetBytes(text), Convert.FromBase64String(Value), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .ShouldBeTrue("the vector is good, and refused for its algorithm");
        foreach (var algorithm in (SignatureAlgorithm[])[SignatureAlgorithm.RsaPssSha256, SignatureAlgorithm.RsaPssSha512])
        {
            using var key = VerificationKey.FromPem("test-key-rsa", rsa.ExportSubjectPublicKeyInfoPem(), algorithm);
            Verify(message, Input, $"proxy_sig=:{Value}:", key).ShouldBe(SignatureFault.AlgorithmMismatch);
            Verify(message, Input.Replace("""alg="rsa-v1_5-sha256";""", "", StringComparison.Ordinal), $"proxy_sig=:{Value}:", key).ShouldBe(SignatureFault.Invalid);
        }
    }

    private static string SignedAgain(string text)
    {
        using var key = SigningKey.FromPem("test-key-ed25519", EdwardsPrivatePem, SignatureAlgorithm.Ed25519);
        var signature = new byte[64];
        key.Sign(Encoding.ASCII.GetBytes(text), signature).ShouldBe(64);
        return Convert.ToBase64String(signature);
    }

    private static InMemoryMessage Demo(string authority, params string[] lines)
    {
        var message = InMemoryMessage.ForRequest("GET", $"https://{authority}/demo?name1=Value1&Name2=value2{lines.FirstOrDefault(line => line.StartsWith('&'))}");
        foreach (var line in lines.Where(line => !line.StartsWith('&')))
            message.With("Accept", line);
        return message;
    }
}
