using System.Diagnostics.CodeAnalysis;

namespace CorpSecure.Protocol.StructuredFields;

/// <summary>
/// Parses structured fields strictly (RFC 9651, section 4.2). Bad input is an answer, never an exception. Several lines of a
/// field are joined with a comma and a space first, as the RFC says; an absent list or dictionary is an empty one.
/// </summary>
public static class FieldParser
{
    /// <summary>Parses an Item field.</summary>
    public static bool TryParseItem(FieldLines lines, [NotNullWhen(true)] out FieldItem? item, out FieldFault fault, FieldLimits? limits = null)
    {
        item = null;
        if (!TryOpen(lines, limits ??= FieldLimits.Tight, out var text, out fault))
            return false;
        var reader = new FieldReader(text, limits);
        reader.SkipSpaces();
        var read = reader.AtEnd
            ? reader.Fail(FieldFaultKind.Empty)
            : reader.TryReadItem(out item) && reader.TryReadEnd();
        fault = reader.Fault;
        item = read ? item : null;
        return read;
    }

    /// <summary>Parses a List field.</summary>
    public static bool TryParseList(FieldLines lines, [NotNullWhen(true)] out FieldList? list, out FieldFault fault, FieldLimits? limits = null)
    {
        list = null;
        if (!TryOpen(lines, limits ??= FieldLimits.Tight, out var text, out fault))
            return false;
        var reader = new FieldReader(text, limits);
        var members = new List<FieldMember>();
        reader.SkipSpaces();
        while (!reader.AtEnd)
        {
            if (members.Count == limits.Members)
                reader.Fail(FieldFaultKind.TooLarge);
            else if (reader.TryReadMember(out var member) && reader.TryReadSeparator())
            {
                members.Add(member);
                continue;
            }
            fault = reader.Fault;
            return false;
        }
        list = new([.. members]);
        return true;
    }

    /// <summary>Parses a Dictionary field. A repeated key's last value wins, and <see cref="FieldDictionary.HasDuplicates"/> says so.</summary>
    public static bool TryParseDictionary(FieldLines lines, [NotNullWhen(true)] out FieldDictionary? dictionary, out FieldFault fault, FieldLimits? limits = null)
    {
        dictionary = null;
        if (!TryOpen(lines, limits ??= FieldLimits.Tight, out var text, out fault))
            return false;
        var reader = new FieldReader(text, limits);
        var entries = new FieldDictionary();
        reader.SkipSpaces();
        while (!reader.AtEnd)
        {
            if (entries.Count == limits.Members)
                reader.Fail(FieldFaultKind.TooLarge);
            else if (reader.TryReadDictionaryEntry(out var key, out var member) && reader.TryReadSeparator())
            {
                entries.Set(key, member);
                continue;
            }
            fault = reader.Fault;
            return false;
        }
        dictionary = entries;
        return true;
    }

    private static bool TryOpen(FieldLines lines, FieldLimits limits, out string text, out FieldFault fault)
    {
        text = "";
        fault = default;
        var length = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            length += lines[i].Length + 2;
            if (length - 2 <= limits.Length)
                continue;
            fault = new(FieldFaultKind.TooLarge, limits.Length);
            return false;
        }
        text = lines.ToString();
        return true;
    }
}
