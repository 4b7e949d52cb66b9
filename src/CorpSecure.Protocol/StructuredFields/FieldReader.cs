namespace CorpSecure.Protocol.StructuredFields;

/// <summary>A cursor over one field value: containers (RFC 9651, sections 4.2.1, 4.2.2 and 4.2.3). It stops at the first fault.</summary>
internal ref struct FieldReader(ReadOnlySpan<char> text, FieldLimits limits)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    public FieldFault Fault { get; private set; }

    public readonly bool AtEnd => _position == _text.Length;

    public bool TryReadMember(out FieldMember member)
    {
        member = null!;
        if (!AtEnd && _text[_position] == '(')
        {
            if (!TryReadInnerList(out var inner))
                return false;
            member = inner;
            return true;
        }
        if (!TryReadItem(out var item))
            return false;
        member = item;
        return true;
    }

    public bool TryReadItem(out FieldItem item)
    {
        item = null!;
        if (!TryReadBareItem(out var value) || !TryReadParameters(out var parameters))
            return false;
        item = new(value, parameters);
        return true;
    }

    public bool TryReadInnerList(out InnerList inner)
    {
        inner = null!;
        if (!TryTake('('))
            return Unexpected();
        var items = new List<FieldItem>();
        while (true)
        {
            SkipSpaces();
            if (TryTake(')'))
                break;
            if (items.Count == limits.InnerMembers)
                return Fail(FieldFaultKind.TooLarge);
            if (!TryReadItem(out var item))
                return false;
            items.Add(item);
            if (AtEnd || _text[_position] is not (' ' or ')'))
                return Unexpected();
        }
        if (!TryReadParameters(out var parameters))
            return false;
        inner = new(items, parameters);
        return true;
    }

    public bool TryReadDictionaryEntry(out string key, out FieldMember member)
    {
        member = null!;
        if (!TryReadKey(out key))
            return false;
        if (TryTake('='))
            return TryReadMember(out member);
        if (!TryReadParameters(out var parameters))
            return false;
        member = new FieldItem(BareItem.Boolean(true), parameters);
        return true;
    }

    /// <summary>After a member: true with more to come, true at the end, or a fault.</summary>
    public bool TryReadSeparator()
    {
        SkipBlanks();
        if (AtEnd)
            return true;
        if (!TryTake(','))
            return Fail(FieldFaultKind.TrailingText);
        SkipBlanks();
        return !AtEnd || Fail(FieldFaultKind.TrailingComma);
    }

    public bool TryReadEnd()
    {
        SkipSpaces();
        return AtEnd || Fail(FieldFaultKind.TrailingText);
    }

    public void SkipSpaces()
    {
        while (!AtEnd && _text[_position] == ' ')
            _position++;
    }

    public bool Fail(FieldFaultKind kind)
    {
        Fault = new(kind, _position);
        return false;
    }

    private void SkipBlanks()
    {
        while (!AtEnd && _text[_position] is ' ' or '\t')
            _position++;
    }

    private bool TryTake(char c)
    {
        if (AtEnd || _text[_position] != c)
            return false;
        _position++;
        return true;
    }

    private bool Unexpected() => Fail(AtEnd ? FieldFaultKind.UnexpectedEnd : FieldFaultKind.UnexpectedCharacter);

    private bool TryReadBareItem(out BareItem value)
    {
        var read = BareItemReader.TryRead(_text[_position..], out value, out var consumed, out var kind);
        _position += consumed;
        return read || Fail(kind);
    }

    private bool TryReadParameters(out FieldParameters parameters)
    {
        parameters = FieldParameters.Empty;
        if (AtEnd || _text[_position] != ';')
            return true;
        var entries = new List<KeyValuePair<string, BareItem>>(4);
        var duplicates = false;
        while (TryTake(';'))
        {
            SkipSpaces();
            if (!TryReadKey(out var key))
                return false;
            var value = BareItem.Boolean(true);
            if (TryTake('=') && !TryReadBareItem(out value))
                return false;
            duplicates |= Store(entries, new(key, value));
            if (entries.Count > limits.Parameters)
                return Fail(FieldFaultKind.TooLarge);
        }
        parameters = new([.. entries], duplicates);
        return true;
    }

    private static bool Store(List<KeyValuePair<string, BareItem>> entries, KeyValuePair<string, BareItem> entry)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Key != entry.Key)
                continue;
            entries[i] = entry;
            return true;
        }
        entries.Add(entry);
        return false;
    }

    private bool TryReadKey(out string key)
    {
        key = "";
        if (AtEnd || !FieldGrammar.StartsKey(_text[_position]))
            return Unexpected();
        var rest = _text[_position..];
        key = KnownKeys.Intern(rest[..FieldGrammar.KeyLength(rest)]);
        _position += key.Length;
        return true;
    }
}
