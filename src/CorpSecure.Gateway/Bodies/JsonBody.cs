using System.Text.Json;
using System.Text.Unicode;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Registry;

namespace CorpSecure.Gateway.Bodies;

/// <summary>JSON that every parser reads alike, and the accounts it names.</summary>
public static class JsonBody
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 32 };

    /// <returns>The body, or its fault with the place; and the accounts that it names.</returns>
    public static (ReceivedBody Body, IReadOnlyList<AccountFacts> Accounts) Examine(
        ReceivedBody body, RoutePolicy route, string subject, RegistrySnapshot registry)
    {
        if (body.Fault is not null)
            return (body, []);
        if (!Utf8.IsValid(body.Bytes.Span) || HasHalfCharacters(body.Bytes.Span))
            return (body with { Fault = Reasons.BodyMalformed }, []);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body.Bytes, Strict);
        }
        catch (JsonException error)
        {
            var place = $"line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}";
            return (body with { Fault = Parses(body.Bytes) ? Reasons.BodyDuplicateMember : Reasons.BodyMalformed, Place = place }, []);
        }

        using (document)
        {
            var accounts = new List<AccountFacts>();
            foreach (var reference in route.Accounts)
            {
                if (reference.Pointer is not { } pointer)
                    continue;
                if (HasTwin(document.RootElement, pointer))
                    return (body with { Fault = Reasons.BodyDuplicateMember, Place = pointer }, []);
                if (Find(document.RootElement, pointer) is not { ValueKind: JsonValueKind.String } value || value.GetString() is not { Length: > 0 and <= 100 } account)
                    return (body with { Fault = Reasons.BodyField, Place = pointer }, []);
                accounts.Add(new AccountFacts(pointer, account, reference.Permission, registry.IsEntitled(subject, account, reference.Permission)));
            }

            return (body, accounts);
        }
    }

    /// <summary>An escape of half a character (RFC 8259 section 8.2): every parser makes something else of it.</summary>
    private static bool HasHalfCharacters(ReadOnlySpan<byte> json)
    {
        if (!json.Contains((byte)'\\'))
            return false;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Strict.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                    reader.GetString();
            }

            return false;
        }
        catch (JsonException)
        {
            return false; // the parser says where
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>Another member that a parser which does not look at case takes for the one the pointer means.</summary>
    private static bool HasTwin(JsonElement element, string pointer)
    {
        foreach (var name in Names(pointer))
        {
            if (element.ValueKind != JsonValueKind.Object)
                return false;
            if (element.EnumerateObject().Count(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) > 1)
                return true;
            if (!element.TryGetProperty(name, out element))
                return false;
        }

        return false;
    }

    private static bool Parses(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            JsonDocument.Parse(bytes, Lenient).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>RFC 6901, members only.</summary>
    private static JsonElement? Find(JsonElement element, string pointer)
    {
        foreach (var name in Names(pointer))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element;
    }

    private static IEnumerable<string> Names(string pointer) => pointer[1..].Split('/').Select(token => token.Replace("~1", "/").Replace("~0", "~"));
}
