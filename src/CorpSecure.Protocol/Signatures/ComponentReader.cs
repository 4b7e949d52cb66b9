using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Signatures;

/// <summary>Turns a structured-field item into a component identifier, refusing what RFC 9421 does not define.</summary>
internal static class ComponentReader
{
    private static readonly SearchValues<char> FieldNameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    public static bool TryRead(FieldItem item, [NotNullWhen(true)] out ComponentIdentifier? component, out SignatureFault fault)
    {
        component = null;
        fault = SignatureFault.Malformed;
        if (item.Value.Kind != BareItemKind.String || item.Parameters.HasDuplicates)
            return false;
        var name = item.Value.AsString;
        if (item.Parameters.Count == 0 && WellKnown(name) is { } known)
        {
            component = known;
            return true;
        }
        var flags = ComponentFlags.None;
        string? key = null;
        string? parameterName = null;
        foreach (var (parameter, value) in item.Parameters)
        {
            var flag = FlagOf(parameter);
            if (flag != ComponentFlags.None)
            {
                if (!value.IsTrue)
                    return false;
                flags |= flag;
                continue;
            }
            if (parameter is not ("key" or "name"))
            {
                fault = SignatureFault.ComponentUnknown;
                return false;
            }
            if (value.Kind != BareItemKind.String)
                return false;
            if (parameter == "key")
                key = value.AsString;
            else
                parameterName = value.AsString;
        }
        fault = FaultOf(name, flags, key, parameterName) ?? default;
        if (fault != default)
            return false;
        component = new(name, flags, key, parameterName, item.ToString());
        return true;
    }

    private static SignatureFault? FaultOf(string name, ComponentFlags flags, string? key, string? parameterName)
    {
        if (name.StartsWith('@'))
        {
            if (name is not ("@method" or "@target-uri" or "@authority" or "@scheme" or "@request-target" or "@path" or "@query"
                or "@query-param" or "@status"))
                return SignatureFault.ComponentUnknown;
            // A derived component is no field: of the parameters only req, and name for @query-param, have a meaning.
            if ((flags & ~ComponentFlags.FromRequest) != 0 || key is not null || (name == "@query-param") != (parameterName is not null))
                return SignatureFault.ComponentUnknown;
            return null;
        }
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(FieldNameCharacters))
            return SignatureFault.Malformed;
        if (parameterName is not null)
            return SignatureFault.ComponentUnknown;
        // RFC 9421, section 2.1: bs cannot be combined with sf or key.
        return flags.HasFlag(ComponentFlags.BinaryWrapped) && (key is not null || flags.HasFlag(ComponentFlags.StrictlySerialized))
            ? SignatureFault.Malformed
            : null;
    }

    private static ComponentFlags FlagOf(string parameter) => parameter switch
    {
        "sf" => ComponentFlags.StrictlySerialized,
        "bs" => ComponentFlags.BinaryWrapped,
        "tr" => ComponentFlags.Trailer,
        "req" => ComponentFlags.FromRequest,
        _ => ComponentFlags.None,
    };

    private static ComponentIdentifier? WellKnown(string name) => name switch
    {
        "@method" => ComponentIdentifier.Method,
        "@target-uri" => ComponentIdentifier.TargetUri,
        "@authority" => ComponentIdentifier.Authority,
        "@status" => ComponentIdentifier.Status,
        "authorization" => ComponentIdentifier.Authorization,
        "dpop" => ComponentIdentifier.Dpop,
        "content-digest" => ComponentIdentifier.ContentDigest,
        "content-type" => ComponentIdentifier.ContentType,
        "idempotency-key" => ComponentIdentifier.IdempotencyKey,
        _ => null,
    };
}
