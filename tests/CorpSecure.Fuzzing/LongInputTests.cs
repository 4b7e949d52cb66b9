using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Fuzzing;

/// <summary>Parsing costs what the length costs, whatever is repeated: a quadratic step would take minutes here.</summary>
public sealed class LongInputTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("(")]
    [InlineData("a,")]
    [InlineData("a;")]
    [InlineData("a=1;b=2,")]
    [InlineData("\"\\\\")]
    [InlineData(":AAAA")]
    [InlineData("%\"%c3%bc")]
    [InlineData("(a b)")]
    [InlineData(" ")]
    [InlineData("9")]
    public void A_long_field_is_read_in_the_time_of_its_length(string repeated)
    {
        var text = string.Concat(Enumerable.Repeat(repeated, 250_000 / repeated.Length));
        var started = TimeProvider.System.GetTimestamp();
        FieldParser.TryParseItem(text, out _, out _, FieldLimits.Rfc9651);
        FieldParser.TryParseList(text, out _, out _, FieldLimits.Rfc9651);
        FieldParser.TryParseDictionary(text, out _, out _, FieldLimits.Rfc9651);
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Ample);
    }
}
