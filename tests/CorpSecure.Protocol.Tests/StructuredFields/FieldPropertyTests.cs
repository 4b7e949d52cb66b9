using CorpSecure.Protocol.StructuredFields;
using CsCheck;

namespace CorpSecure.Protocol.Tests.StructuredFields;

public class FieldPropertyTests
{
    private const string KeyStart = "abcdefghijklmnopqrstuvwxyz*";
    private const string KeyRest = KeyStart + "0123456789_-.";
    private const string TokenRest = KeyRest + "ABCXYZ!#$%&'+^`|~:/";

    private static readonly Gen<long> Number = Gen.Long[-999_999_999_999_999, 999_999_999_999_999];
    private static readonly Gen<string> Printable = Gen.Char[' ', '~'].Array[0, 20].Select(characters => new string(characters));
    private static readonly Gen<string> Key = Word(KeyStart, KeyRest);

    private static readonly Gen<BareItem> Bare = Gen.OneOf(
        Number.Select(BareItem.Integer),
        Gen.Long[-999_999_999_999_999, 999_999_999_999_999].Select(thousandths => BareItem.Decimal(thousandths / 1000m)),
        Printable.Select(BareItem.String),
        Word(KeyStart, TokenRest).Select(BareItem.Token),
        Gen.Byte.Array[0, 40].Select(bytes => BareItem.Bytes(bytes)),
        Gen.Bool.Select(BareItem.Boolean),
        Number.Select(BareItem.Date),
        Gen.Char['\0', '\uD7FF'].Array[0, 12].Select(characters => BareItem.DisplayString(new string(characters))));

    private static readonly Gen<FieldParameters> Parameters = Gen.Select(Key, Bare).Array[0, 4]
        .Select(pairs => new FieldParameters([.. pairs.DistinctBy(pair => pair.Item1).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))]));

    private static readonly Gen<FieldItem> Item = Gen.Select(Bare, Parameters).Select((value, parameters) => new FieldItem(value, parameters));

    private static readonly Gen<FieldMember> Member = Gen.OneOf(
        Item.Select(item => (FieldMember)item),
        Gen.Select(Item.Array[0, 4], Parameters).Select((items, parameters) => (FieldMember)new InnerList(items, parameters)));

    [Fact]
    public void An_item_that_was_written_reads_back_the_same() => Item.Sample(item =>
        FieldParser.TryParseItem(item.ToString(), out var read, out _) && read.Equals(item) && read.ToString() == item.ToString());

    [Fact]
    public void A_list_that_was_written_reads_back_the_same() => Member.Array[0, 6].Select(members => new FieldList(members)).Sample(list =>
        FieldParser.TryParseList(list.ToString(), out var read, out _) && read.Equals(list) && read.ToString() == list.ToString());

    [Fact]
    public void A_dictionary_that_was_written_reads_back_the_same() => Gen.Select(Key, Member).Array[0, 24]
        .Select(pairs => new FieldDictionary(pairs.DistinctBy(pair => pair.Item1).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))))
        .Sample(dictionary => FieldParser.TryParseDictionary(dictionary.ToString(), out var read, out _)
            && read.Equals(dictionary) && !read.HasDuplicates);

    [Fact]
    public void No_input_makes_the_parser_throw_and_what_it_accepts_is_stable() => Gen.OneOf(
        Gen.Char.Array[0, 60].Select(characters => new string(characters)),
        Gen.Char[' ', '~'].Array[0, 60].Select(characters => new string(characters)),
        Gen.Int[0, 15].Array[0, 40].Select(picks => string.Concat(picks.Select(pick => "a1-.\"\\:=?@%();, "[pick])))).Sample(text =>
        {
            if (FieldParser.TryParseItem(text, out var item, out var fault))
                return FieldParser.TryParseItem(item.ToString(), out var again, out _) && again.Equals(item);
            if (fault.Kind == 0 || fault.Position < 0 || fault.Position > text.Length)
                return false;
            if (FieldParser.TryParseList(text, out var list, out fault))
                return FieldParser.TryParseList(list.ToString(), out var again, out _) && again.Equals(list);
            if (FieldParser.TryParseDictionary(text, out var dictionary, out fault))
                return FieldParser.TryParseDictionary(dictionary.ToString(), out var again, out _) && again.Equals(dictionary);
            return fault.Kind != 0 && fault.Position >= 0 && fault.Position <= text.Length;
        }, iter: 50_000);

    [Fact]
    public void A_value_that_cannot_be_written_cannot_be_made()
    {
        Should.Throw<ArgumentException>(() => BareItem.Integer(1_000_000_000_000_000));
        Should.Throw<ArgumentException>(() => BareItem.Decimal(1_000_000_000_000m));
        Should.Throw<ArgumentException>(() => BareItem.String("f\u00FC"));
        Should.Throw<ArgumentException>(() => BareItem.Token("1a"));
        Should.Throw<ArgumentException>(() => BareItem.Token(""));
        Should.Throw<ArgumentException>(() => BareItem.DisplayString("\uD800"));
        Should.Throw<ArgumentException>(() => BareItem.DisplayString("\uFFFD\uD800"));
        Should.Throw<ArgumentException>(() => new FieldParameters(new KeyValuePair<string, BareItem>("A", default)));
        Should.Throw<ArgumentException>(() => new FieldDictionary([new("a", new FieldItem(default)), new("a", new FieldItem(default))]));
        Should.Throw<InvalidOperationException>(() => BareItem.Integer(1).AsString);
    }

    [Theory]
    [InlineData("1.0005", "1.0")]
    [InlineData("1.0015", "1.002")]
    [InlineData("-0.0001", "0.0")]
    public void A_decimal_is_rounded_half_to_even(string value, string written) =>
        new FieldItem(BareItem.Decimal(decimal.Parse(value))).ToString().ShouldBe(written);

    private static Gen<string> Word(string start, string rest) =>
        Gen.Select(Gen.Int[0, start.Length - 1], Gen.Int[0, rest.Length - 1].Array[0, 10])
            .Select((first, others) => start[first] + string.Concat(others.Select(at => rest[at])));
}
