using CorpSecure.Core.Checks.RequestShape;
using CsCheck;

namespace CorpSecure.Core.Tests.Checks.RequestShape;

public sealed class CanonicalTargetTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/corporate/v1/accounts")]
    [InlineData("/corporate/v1/accounts/acc-acme-001")]
    [InlineData("/a/b.c/d_e/~f/g-h")]
    [InlineData("/a@b:c,d=e+f")]
    [InlineData("/...")]
    [InlineData("/.well-known/x")]
    [InlineData("/a?limit=5")]
    [InlineData("/a?limit=5&cursor=abc")]
    [InlineData("/?x")]
    [InlineData("/a?q=%20")]
    [InlineData("/a?q=%C3%BC")]
    [InlineData("/a?q=%E5%8D%8E%E6%96%B0")]
    [InlineData("/a?q=100%25")]
    [InlineData("/a?q=a%2Fb")]
    [InlineData("/a?q=a/b?c")]
    [InlineData("/a?from=2026-11-24T00:00:00%2B01:00")]
    public void A_canonical_target_is_taken(string target) => CanonicalTarget.Is(target).ShouldBeTrue();

    [Theory]
    // Not origin form.
    [InlineData("")]
    [InlineData("*")]
    [InlineData("corporate/v1")]
    [InlineData("http://other.example/corporate/v1")]
    [InlineData("https://localhost:8443/corporate/v1/accounts")]
    [InlineData("localhost:8443")]
    [InlineData("?x=1")]
    [InlineData(" /a")]
    [InlineData("/a ")]
    // Dot segments, plain and hidden.
    [InlineData("/.")]
    [InlineData("/..")]
    [InlineData("/a/.")]
    [InlineData("/a/..")]
    [InlineData("/a/../b")]
    [InlineData("/a/./b")]
    [InlineData("/../a")]
    [InlineData("/a/%2e%2e/b")]
    [InlineData("/a/%2E%2E/b")]
    [InlineData("/a/.%2e/b")]
    [InlineData("/a/%2e/b")]
    [InlineData("/a/%252e%252e/b")]
    [InlineData("/a/..;/b")]
    [InlineData("/a/..%00/b")]
    [InlineData("/a/..%c0%af")]
    [InlineData("/a/%c0%ae%c0%ae/b")]
    [InlineData("/a/%u002e%u002e/b")]
    [InlineData("/a/..?x=1")]
    // Separators that some servers split or collapse.
    [InlineData("//")]
    [InlineData("//evil.example/a")]
    [InlineData("/a//b")]
    [InlineData("/a/")]
    [InlineData("/a/?x=1")]
    [InlineData("/a%2Fb")]
    [InlineData("/a%2fb")]
    [InlineData("/a%5Cb")]
    [InlineData("/a\\b")]
    [InlineData("\\a")]
    [InlineData("/\\evil.example")]
    [InlineData("/a;b=c")]
    [InlineData("/a;/b")]
    [InlineData("/a%3Bb")]
    // Escapes in a path, needed or not.
    [InlineData("/%61")]
    [InlineData("/a%20b")]
    [InlineData("/a%C3%BC")]
    [InlineData("/a%")]
    [InlineData("/a%2")]
    [InlineData("/a%ZZ")]
    // Fragments, characters outside the grammar, controls.
    [InlineData("/a#b")]
    [InlineData("/a?b#c")]
    [InlineData("/a b")]
    [InlineData("/a\tb")]
    [InlineData("/a\r\nX: y")]
    [InlineData("/a\nb")]
    [InlineData("/a\0")]
    [InlineData("/a\u007f")]
    [InlineData("/ü")]
    [InlineData("/a\u2215b")]
    [InlineData("/a\uff0fb")]
    [InlineData("/a\u202eb")]
    [InlineData("/{a}")]
    [InlineData("/a|b")]
    [InlineData("/a^b")]
    [InlineData("/a`b")]
    [InlineData("/a\"b")]
    [InlineData("/<a>")]
    [InlineData("/[a]")]
    [InlineData("/a!b")]
    [InlineData("/a$b")]
    [InlineData("/a'b")]
    [InlineData("/a(b)")]
    [InlineData("/a*b")]
    [InlineData("/a&b")]
    // Queries.
    [InlineData("/a?")]
    [InlineData("/?")]
    [InlineData("/a?q=%")]
    [InlineData("/a?q=%2")]
    [InlineData("/a?q=%G0")]
    [InlineData("/a?q=%2f")]
    [InlineData("/a?q=%c3%bc")]
    [InlineData("/a?q=%41")]
    [InlineData("/a?q=%7A")]
    [InlineData("/a?q=%30")]
    [InlineData("/a?q=%2D")]
    [InlineData("/a?q=%2E")]
    [InlineData("/a?q=%5F")]
    [InlineData("/a?q=%7E")]
    [InlineData("/a?q=%00")]
    [InlineData("/a?q=%0D%0A")]
    [InlineData("/a?q=%09")]
    [InlineData("/a?q=%7F")]
    [InlineData("/a?q=%C0%AF")]
    [InlineData("/a?q=%C0%80")]
    [InlineData("/a?q=%E0%80%AF")]
    [InlineData("/a?q=%ED%A0%80")]
    [InlineData("/a?q=%F5%80%80%80")]
    [InlineData("/a?q=%C3")]
    [InlineData("/a?q=%C3a%BC")]
    [InlineData("/a?q=%80")]
    [InlineData("/a?q=%FF")]
    [InlineData("/a?q=a b")]
    [InlineData("/a?q=ü")]
    [InlineData("/a?q=a;b")]
    [InlineData("/a?q=a\\b")]
    [InlineData("/a?q=a\"b")]
    [InlineData("/a?q=<b>")]
    [InlineData("/a?q=[b]")]
    [InlineData("/a?q={b}")]
    [InlineData("/a?q=a|b")]
    [InlineData("/a?q=a\r\nb")]
    public void Anything_with_a_second_reading_is_refused(string target) => CanonicalTarget.Is(target).ShouldBeFalse();

    [Fact]
    public void A_target_of_the_greatest_length_is_taken_and_one_more_is_not()
    {
        CanonicalTarget.Is("/" + new string('a', CanonicalTarget.MaximumLength - 1)).ShouldBeTrue();
        CanonicalTarget.Is("/" + new string('a', CanonicalTarget.MaximumLength)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("/a?b", "/a")]
    [InlineData("/a", "/a")]
    [InlineData("/a?b?c", "/a")]
    [InlineData("", "")]
    public void The_path_ends_at_the_first_question_mark(string target, string path) => CanonicalTarget.Path(target).ToString().ShouldBe(path);

    /// <summary>What is canonical survives the platform's own reading of an address unchanged.</summary>
    [Fact]
    public void A_canonical_target_is_its_own_normal_form() =>
        Gen.Char["/.%2eEfF~a?&=;\\# "].Array[0, 12].Select(tail => "/" + new string(tail)).Sample(target =>
        {
            if (CanonicalTarget.Is(target))
                new Uri("https://core.example" + target).PathAndQuery.ShouldBe(target);
        }, iter: 50_000);

    [Fact]
    public void No_target_at_all_is_too_strange_to_be_judged() =>
        Gen.String.Sample(text => { CanonicalTarget.Is(text); }, iter: 10_000);
}
