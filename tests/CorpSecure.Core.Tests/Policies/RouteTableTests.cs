using static CorpSecure.Core.Tests.Builders.SamplePolicy;

namespace CorpSecure.Core.Tests.Policies;

public sealed class RouteTableTests
{
    [Fact]
    public void A_literal_segment_wins_over_a_named_one_in_any_order_of_the_document()
    {
        var literal = ARoute("literal", "/a/b");
        var named = ARoute("named", "/a/{x}");
        Find([literal, named], "GET", "/a/b").ShouldBe("literal");
        Find([named, literal], "GET", "/a/b").ShouldBe("literal");
        Find([named, literal], "GET", "/a/c").ShouldBe("named");
    }

    [Fact]
    public void The_first_literal_segment_decides_between_equally_specific_templates()
    {
        var first = ARoute("first", "/a/{x}");
        var second = ARoute("second", "/{x}/b");
        Find([first, second], "GET", "/a/b").ShouldBe("first");
        Find([second, first], "GET", "/a/b").ShouldBe("first");
    }

    [Fact]
    public void A_known_path_is_told_apart_from_an_unknown_one()
    {
        var table = new RouteTable([ARoute("list", "/a"), ARoute("create", "/b", "POST")]);
        table.Find("POST", "/a", out var known).ShouldBeNull();
        known.ShouldBeTrue();
        table.Find("GET", "/c", out known).ShouldBeNull();
        known.ShouldBeFalse();
    }

    [Theory]
    [InlineData("get")]
    [InlineData("HEAD")]
    [InlineData("")]
    public void Methods_are_compared_exactly(string method) => Find([ARoute("list", "/a")], method, "/a").ShouldBeNull();

    [Fact]
    public void One_path_may_have_a_route_for_each_method()
    {
        RoutePolicy[] routes = [ARoute("list", "/a"), ARoute("create", "/a", "POST")];
        Find(routes, "GET", "/a").ShouldBe("list");
        Find(routes, "POST", "/a").ShouldBe("create");
    }

    [Fact]
    public void An_empty_table_knows_nothing()
    {
        RouteTable.Empty.Find("GET", "/a", out var known).ShouldBeNull();
        known.ShouldBeFalse();
    }

    [Fact]
    public void A_route_is_unsafe_unless_it_only_reads()
    {
        ARoute("r", "/a", "GET", "HEAD").Unsafe.ShouldBeFalse();
        ARoute("r", "/a", "GET", "DELETE").Unsafe.ShouldBeTrue();
    }

    private static string? Find(RoutePolicy[] routes, string method, string path) => new RouteTable([.. routes]).Find(method, path, out _)?.Name;
}
