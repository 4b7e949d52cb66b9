namespace CorpSecure.Core.Tests.Policies;

public sealed class PathTemplateTests
{
    [Theory]
    [InlineData("/a", "/a", true)]
    [InlineData("/a", "/A", false)]
    [InlineData("/a", "/a/", false)]
    [InlineData("/a", "/a/b", false)]
    [InlineData("/a", "/", false)]
    [InlineData("/a", "", false)]
    [InlineData("/a", "a", false)]
    [InlineData("/a/{x}", "/a/b", true)]
    [InlineData("/a/{x}", "/a/", false)]
    [InlineData("/a/{x}", "/a", false)]
    [InlineData("/a/{x}", "/a/b/c", false)]
    [InlineData("/a/{x}/c", "/a/b/c", true)]
    [InlineData("/a/{x}/c", "/a//c", false)]
    [InlineData("/a/{x}/c", "/a/b/d", false)]
    [InlineData("/{x}/{y}", "/a/b", true)]
    public void A_template_matches_whole_segments_exactly(string template, string path, bool matches) =>
        Parse(template).Matches(path).ShouldBe(matches);

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("a")]
    [InlineData("/a/")]
    [InlineData("//a")]
    [InlineData("/a/../b")]
    [InlineData("/./b")]
    [InlineData("/{}")]
    [InlineData("/{..}")]
    [InlineData("/{a")]
    [InlineData("/a}")]
    [InlineData("/x{a}")]
    [InlineData("/{a}{b}")]
    [InlineData("/{a*}")]
    [InlineData("/a?b")]
    [InlineData("/a b")]
    [InlineData("/a%20b")]
    [InlineData("/ü")]
    [InlineData("/{account}/to/{account}")]
    public void What_is_no_template_is_refused(string text) => PathTemplate.TryParse(text).ShouldBeNull();

    [Fact]
    public void A_template_of_endless_length_is_refused() => PathTemplate.TryParse("/" + new string('a', 500)).ShouldBeNull();

    [Fact]
    public void Parameters_are_read_by_their_name()
    {
        var template = Parse("/a/{x}/b/{y}");
        template.Parameters.ShouldBe(["x", "y"]);
        template.Length.ShouldBe(4);
        template.ToString().ShouldBe("/a/{x}/b/{y}");
        template.Parameter("/a/1/b/2", "x").ShouldBe("1");
        template.Parameter("/a/1/b/2", "y").ShouldBe("2");
        Should.Throw<ArgumentException>(() => template.Parameter("/a/1/b/2", "a"));
    }

    [Fact]
    public void Templates_that_differ_only_in_names_have_one_shape()
    {
        Parse("/a/{x}").Shape.ShouldBe(Parse("/a/{y}").Shape);
        Parse("/a/{x}").Shape.ShouldNotBe(Parse("/a/x").Shape);
    }

    private static PathTemplate Parse(string text) => PathTemplate.TryParse(text).ShouldNotBeNull();
}
