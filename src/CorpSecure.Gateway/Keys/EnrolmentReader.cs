using System.Security.Cryptography;
using System.Text.Json;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Enforcement;
using CorpSecure.Gateway.Signatures;
using CorpSecure.Protocol.Keys;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Gateway.Keys;

/// <summary>What was brought to be registered, for the endpoint that does it.</summary>
public sealed record BroughtKey(string Name, VerificationKey Key);

/// <summary>Reads the key out of a body that is already known to be the one sent, and verifies the request's signature with it.</summary>
public sealed class EnrolmentReader(SignatureReader signatures)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public EnrolmentFacts Read(Exchange exchange, ReadOnlySpan<byte> body)
    {
        if (Parse(body) is not { } brought)
            return new EnrolmentFacts { Fault = Reasons.KeyMalformed.Code };
        exchange.Context.Response.RegisterForDispose(brought.Key);
        exchange.Context.Features.Set(brought);
        var token = exchange.Facts.Token!;
        return new EnrolmentFacts
        {
            KeyId = brought.Key.KeyId,
            Algorithm = brought.Key.Algorithm.Name,
            Fault = signatures.VerifyPossession(exchange, brought.Key)?.Code(),
            Registered = exchange.Registry.IsRegistered(brought.Key),
            KeysHeld = exchange.Registry.KeysHeldBy(token.Client, token.Subject),
        };
    }

    private static BroughtKey? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<EnrolmentDocument>(body, Strict) is { } document && IsName(document.Name)
                ? new BroughtKey(document.Name, VerificationKey.FromJwk(document.Key))
                : null;
        }
        catch (Exception error) when (error is JsonException or CryptographicException)
        {
            return null; // that is the answer
        }
    }

    // Shown in terminals and pages of others: one line, nothing that steers them.
    private static bool IsName(string name) =>
        name.Length is > 0 and <= KeyEnrolment.LongestName && name.Trim() == name
        && !name.Any(c => char.IsControl(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator);
}
