using System.Buffers;
using System.Text;

namespace CorpSecure.Client.StepUp;

/// <summary>
/// <c>challenge = auth-scheme [ 1*SP ( token68 / #auth-param ) ]</c>, in a list (RFC 9110 sections 5.6.1, 11.2 and 11.3), strictly:
/// a parameter twice, a quote without its end or a character out of place makes the whole field count for nothing.
/// </summary>
internal ref struct ChallengeParser(string field)
{
    private const int Longest = 16 * 1024;

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly SearchValues<char> Token68Characters =
        SearchValues.Create("-._~+/0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private ReadOnlySpan<char> _rest = field.Length <= Longest ? field : "=";

    public bool TryParse(out List<AuthenticationChallenge> challenges)
    {
        challenges = [];
        SkipListSpace();
        while (!_rest.IsEmpty)
        {
            if (TakeWhile(TokenCharacters) is not { Length: > 0 } scheme || !TryReadParameters(out var parameters))
            {
                return false;
            }
            challenges.Add(new AuthenticationChallenge(scheme, parameters));
            SkipListSpace();
        }
        return true;
    }

    private bool TryReadParameters(out Dictionary<string, string> parameters)
    {
        parameters = new(StringComparer.OrdinalIgnoreCase);
        if (AtEndOfElement())
        {
            return true;
        }
        if (_rest[0] != ' ')
        {
            return false;
        }
        _rest = _rest.TrimStart(' ');
        if (SkipToken68())
        {
            return true;
        }
        while (true)
        {
            if (!TryReadParameter(out var name, out var value) || !parameters.TryAdd(name, value) || !AtEndOfElement())
            {
                return false;
            }
            // After a comma comes the next parameter, or the next challenge: a parameter has its equals sign.
            var here = _rest;
            SkipListSpace();
            if (_rest.IsEmpty || !StartsParameter())
            {
                _rest = here;
                return true;
            }
        }
    }

    private bool TryReadParameter(out string name, out string value)
    {
        name = TakeWhile(TokenCharacters);
        value = "";
        SkipSpace();
        if (name.Length == 0 || !Take('='))
        {
            return false;
        }
        SkipSpace();
        if (Take('"'))
        {
            return TryReadQuoted(out value);
        }
        value = TakeWhile(TokenCharacters);
        return value.Length > 0;
    }

    private bool TryReadQuoted(out string value)
    {
        var text = new StringBuilder();
        value = "";
        while (!_rest.IsEmpty)
        {
            var c = _rest[0];
            _rest = _rest[1..];
            if (c == '"')
            {
                value = text.ToString();
                return true;
            }
            if (c == '\\')
            {
                if (_rest.IsEmpty)
                {
                    return false;
                }
                c = _rest[0];
                _rest = _rest[1..];
            }
            if (c != '\t' && c is < ' ' or '\x7F')
            {
                return false;
            }
            text.Append(c);
        }
        return false;
    }

    /// <summary>A token68 stands alone up to the end of its challenge, and says nothing that is of use here.</summary>
    private bool SkipToken68()
    {
        var end = _rest.IndexOfAnyExcept(Token68Characters);
        var after = (end < 0 ? [] : _rest[end..]).TrimStart('=').TrimStart(" \t");
        if (end == 0 || (!after.IsEmpty && after[0] != ','))
        {
            return false;
        }
        _rest = after;
        return true;
    }

    private readonly bool StartsParameter()
    {
        var end = _rest.IndexOfAnyExcept(TokenCharacters);
        return end > 0 && _rest[end..].TrimStart(" \t") is ['=', ..];
    }

    private bool AtEndOfElement()
    {
        var after = _rest.TrimStart(" \t");
        if (!after.IsEmpty && after[0] != ',')
        {
            return false;
        }
        _rest = after;
        return true;
    }

    private string TakeWhile(SearchValues<char> characters)
    {
        var end = _rest.IndexOfAnyExcept(characters);
        var taken = end < 0 ? _rest : _rest[..end];
        _rest = _rest[taken.Length..];
        return taken.ToString();
    }

    private bool Take(char c)
    {
        if (_rest.IsEmpty || _rest[0] != c)
        {
            return false;
        }
        _rest = _rest[1..];
        return true;
    }

    private void SkipSpace() => _rest = _rest.TrimStart(" \t");

    private void SkipListSpace() => _rest = _rest.TrimStart(" \t,");
}
