using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Tests.StructuredFields;

public class FieldParserTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("  -0042  ", "-42")]
    [InlineData("-0", "0")]
    [InlineData("999999999999999", "999999999999999")]
    [InlineData("1.50", "1.5")]
    [InlineData("-0.005", "-0.005")]
    [InlineData("999999999999.999", "999999999999.999")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"a \\\"b\\\" \\\\c\"", "\"a \\\"b\\\" \\\\c\"")]
    [InlineData("a/b:c*", "a/b:c*")]
    [InlineData("*x", "*x")]
    [InlineData("::", "::")]
    [InlineData(":aGVsbG8=:", ":aGVsbG8=:")]
    [InlineData("?1;a;b=?0;c=?1", "?1;a;b=?0;c")]
    [InlineData("@-1659578233", "@-1659578233")]
    [InlineData("%\"f%c3%bc%22\"", "%\"f%c3%bc%22\"")]
    [InlineData("a; b=1;  c=\"x\"", "a;b=1;c=\"x\"")]
    [InlineData("a;b=1;c;b=2", "a;b=2;c")]
    public void An_item_is_read_and_written_canonically(string text, string canonical)
    {
        FieldParser.TryParseItem(text, out var item, out _).ShouldBeTrue();
        item.ToString().ShouldBe(canonical);
    }

    [Theory]
    [InlineData("", FieldFaultKind.Empty, 0)]
    [InlineData("  ", FieldFaultKind.Empty, 2)]
    [InlineData("\t1", FieldFaultKind.UnexpectedCharacter, 0)]
    [InlineData("1\t", FieldFaultKind.TrailingText, 1)]
    [InlineData("1 2", FieldFaultKind.TrailingText, 2)]
    [InlineData("1, 2", FieldFaultKind.TrailingText, 1)]
    [InlineData("--1", FieldFaultKind.Number, 1)]
    [InlineData("+1", FieldFaultKind.UnexpectedCharacter, 0)]
    [InlineData("-", FieldFaultKind.Number, 1)]
    [InlineData("-a", FieldFaultKind.Number, 1)]
    [InlineData("1000000000000000", FieldFaultKind.Number, 15)]
    [InlineData("1.", FieldFaultKind.Number, 2)]
    [InlineData(".1", FieldFaultKind.UnexpectedCharacter, 0)]
    [InlineData("1.2345", FieldFaultKind.Number, 5)]
    [InlineData("1.2.3", FieldFaultKind.TrailingText, 3)]
    [InlineData("1000000000000.1", FieldFaultKind.Number, 13)]
    [InlineData("1e3", FieldFaultKind.TrailingText, 1)]
    [InlineData("\"abc", FieldFaultKind.UnexpectedEnd, 4)]
    [InlineData("\"a\\", FieldFaultKind.UnexpectedEnd, 3)]
    [InlineData("\"a\\b\"", FieldFaultKind.UnexpectedCharacter, 3)]
    [InlineData("\"a\tb\"", FieldFaultKind.UnexpectedCharacter, 2)]
    [InlineData("\"a\nb\"", FieldFaultKind.UnexpectedCharacter, 2)]
    [InlineData("\"f\u00FC\"", FieldFaultKind.UnexpectedCharacter, 2)]
    [InlineData("f\u00FC", FieldFaultKind.TrailingText, 1)]
    [InlineData("'a'", FieldFaultKind.UnexpectedCharacter, 0)]
    [InlineData(":aGVsbG8=", FieldFaultKind.UnexpectedEnd, 9)]
    [InlineData(":aGVsbG8:", FieldFaultKind.Base64, 1)]
    [InlineData(":=aGVsbG8=:", FieldFaultKind.Base64, 1)]
    [InlineData(":aGVs bG8=:", FieldFaultKind.Base64, 1)]
    [InlineData(":aGVsbG9=:", FieldFaultKind.Base64, 1)]
    [InlineData(":iZ==:", FieldFaultKind.Base64, 1)]
    [InlineData(":_-Ah:", FieldFaultKind.Base64, 1)]
    [InlineData(":====:", FieldFaultKind.Base64, 1)]
    [InlineData(":aGVsbG8=====:", FieldFaultKind.Base64, 1)]
    [InlineData("?", FieldFaultKind.UnexpectedEnd, 1)]
    [InlineData("?2", FieldFaultKind.UnexpectedCharacter, 1)]
    [InlineData("?true", FieldFaultKind.UnexpectedCharacter, 1)]
    [InlineData("@", FieldFaultKind.Number, 1)]
    [InlineData("@1.5", FieldFaultKind.Number, 4)]
    [InlineData("@@1", FieldFaultKind.Number, 1)]
    [InlineData("%\"%C3%BC\"", FieldFaultKind.UnexpectedCharacter, 2)]
    [InlineData("%\"%c3\"", FieldFaultKind.Utf8, 6)]
    [InlineData("%\"%c", FieldFaultKind.UnexpectedEnd, 2)]
    [InlineData("%\"\u00FC\"", FieldFaultKind.UnexpectedCharacter, 2)]
    [InlineData("%a", FieldFaultKind.UnexpectedCharacter, 1)]
    [InlineData("a;B=1", FieldFaultKind.UnexpectedCharacter, 2)]
    [InlineData("a;", FieldFaultKind.UnexpectedEnd, 2)]
    [InlineData("a;b=", FieldFaultKind.UnexpectedEnd, 4)]
    [InlineData("a;b =1", FieldFaultKind.TrailingText, 4)]
    [InlineData("a;b=(1)", FieldFaultKind.UnexpectedCharacter, 4)]
    [InlineData("a ;b=1", FieldFaultKind.TrailingText, 2)]
    public void What_the_grammar_does_not_allow_is_refused_where_it_stands(string text, FieldFaultKind kind, int position)
    {
        FieldParser.TryParseItem(text, out var item, out var fault).ShouldBeFalse();
        item.ShouldBeNull();
        fault.ShouldBe(new(kind, position));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData("a , \t b", "a, b")]
    [InlineData("( a  b );x, ()", "(a b);x, ()")]
    [InlineData("(\"a\";p 1.5);q=:AA==:, ?0", "(\"a\";p 1.5);q=:AA==:, ?0")]
    public void A_list_is_read_and_written_canonically(string text, string canonical)
    {
        FieldParser.TryParseList(text, out var list, out _).ShouldBeTrue();
        list.ToString().ShouldBe(canonical);
    }

    [Theory]
    [InlineData("a,", FieldFaultKind.TrailingComma)]
    [InlineData(",a", FieldFaultKind.UnexpectedCharacter)]
    [InlineData("a,,b", FieldFaultKind.UnexpectedCharacter)]
    [InlineData("a b", FieldFaultKind.TrailingText)]
    [InlineData("(a", FieldFaultKind.UnexpectedEnd)]
    [InlineData("(a,b)", FieldFaultKind.UnexpectedCharacter)]
    [InlineData("(a\tb)", FieldFaultKind.UnexpectedCharacter)]
    [InlineData("(\"a\"\"b\")", FieldFaultKind.UnexpectedCharacter)]
    [InlineData("((a))", FieldFaultKind.UnexpectedCharacter)]
    [InlineData("a)", FieldFaultKind.TrailingText)]
    public void A_list_with_a_fault_is_refused(string text, FieldFaultKind kind)
    {
        FieldParser.TryParseList(text, out _, out var fault).ShouldBeFalse();
        fault.Kind.ShouldBe(kind);
    }

    [Fact]
    public void A_dictionary_keeps_order_and_lets_the_last_of_a_key_win_but_says_so()
    {
        FieldParser.TryParseDictionary("a=1, b;x=2, c=(1 2), a=3", out var dictionary, out _).ShouldBeTrue();
        dictionary.ToString().ShouldBe("a=3, b;x=2, c=(1 2)");
        dictionary.HasDuplicates.ShouldBeTrue();
        dictionary.IsDuplicated("a").ShouldBeTrue();
        dictionary.IsDuplicated("b").ShouldBeFalse();
        dictionary.TryGet("d", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("A=1")]
    [InlineData("1=a")]
    [InlineData("a =1")]
    [InlineData("a= 1")]
    [InlineData("a=")]
    [InlineData("a=1,")]
    [InlineData("a=1 b=2")]
    [InlineData("\u00E4=1")]
    public void A_dictionary_with_a_fault_is_refused(string text) =>
        FieldParser.TryParseDictionary(text, out _, out _).ShouldBeFalse();

    [Fact]
    public void Lines_are_one_field_but_no_value_spans_two()
    {
        FieldParser.TryParseDictionary(new[] { "a=1", "b=2" }, out var dictionary, out _).ShouldBeTrue();
        dictionary.ToString().ShouldBe("a=1, b=2");
        FieldParser.TryParseList(new[] { "\"a", "b\"" }, out var list, out _).ShouldBeTrue();
        list[0].ToString().ShouldBe("\"a, b\"");
        FieldParser.TryParseList(new[] { "a", "" }, out _, out var fault).ShouldBeFalse();
        fault.Kind.ShouldBe(FieldFaultKind.TrailingComma);
        FieldParser.TryParseList(default, out var absent, out _).ShouldBeTrue();
        absent.Count.ShouldBe(0);
        FieldParser.TryParseItem(default, out _, out fault).ShouldBeFalse();
        fault.Kind.ShouldBe(FieldFaultKind.Empty);
    }

    [Fact]
    public void Limits_hold_and_those_of_the_RFC_are_met()
    {
        var rfc = FieldLimits.Rfc9651;
        var members = string.Join(",", Enumerable.Range(0, 1024).Select(n => $"k{n}={n}"));
        FieldParser.TryParseDictionary(members, out var dictionary, out _, rfc).ShouldBeTrue();
        dictionary.Count.ShouldBe(1024);
        dictionary.TryGet("k1023", out _).ShouldBeTrue();

        FaultOfList(string.Join(",", Enumerable.Repeat("a", 1025)), rfc).ShouldBe(FieldFaultKind.TooLarge);
        FaultOfList("(" + string.Join(" ", Enumerable.Repeat("a", 257)) + ")", rfc).ShouldBe(FieldFaultKind.TooLarge);
        FaultOfList("a" + string.Concat(Enumerable.Range(0, 257).Select(n => $";p{n}")), rfc).ShouldBe(FieldFaultKind.TooLarge);
        FaultOfList(new string(' ', rfc.Length + 1), rfc).ShouldBe(FieldFaultKind.TooLarge);
    }

    private static FieldFaultKind FaultOfList(string text, FieldLimits limits)
    {
        FieldParser.TryParseList(text, out _, out var fault, limits).ShouldBeFalse();
        return fault.Kind;
    }
}
