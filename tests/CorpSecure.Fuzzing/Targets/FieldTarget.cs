using System.Text;
using CorpSecure.Fuzzing.Running;
using CorpSecure.Protocol.StructuredFields;
using static CorpSecure.Fuzzing.Running.FuzzTarget;

namespace CorpSecure.Fuzzing.Targets;

/// <summary>Structured fields: what is accepted, written and read again, is the same; what is not has a fault with a place.</summary>
internal static class FieldTarget
{
    private static readonly string[] Words =
    [
        ";", ",", ", ", "=", "(", ")", "\"", "\\\"", "\\\\", ":", ":AA==:", ":AAAA:", "?1", "?0", "@", "@1659578233", "%\"", "%c3%bc", "*", "a", "a=1", "-", "-0", "0.0",
        "999999999999999", "999999999999.999", "1e5", "\t", " ", "\0", "\u007f", "\u00e9",
    ];

    public static FuzzTarget Create() => new("fields", 60_000, Words, input => Check(Encoding.Latin1.GetString(input), stable: true), input => Check(Encoding.Latin1.GetString(input), stable: false));

    private static void Check(string text, bool stable)
    {
        if (FieldParser.TryParseItem(text, out var item, out var fault))
            Holds(stable ? FieldParser.TryParseItem(item.ToString(), out var again, out _) && again.Equals(item) : item.ToString() == text, "item");
        else
            HasPlace(fault, text);
        if (FieldParser.TryParseList(text, out var list, out fault))
            Holds(FieldParser.TryParseList(list.ToString(), out var again, out _) && again.Equals(list), "list");
        else
            HasPlace(fault, text);
        if (FieldParser.TryParseDictionary(text, out var dictionary, out fault))
            Holds(FieldParser.TryParseDictionary(dictionary.ToString(), out var again, out _) && again.Equals(dictionary), "dictionary");
        else
            HasPlace(fault, text);
    }

    private static void HasPlace(FieldFault fault, string text) =>
        Holds(Enum.IsDefined(fault.Kind) && fault.Position >= 0 && fault.Position <= text.Length, $"no place: {fault}");
}
