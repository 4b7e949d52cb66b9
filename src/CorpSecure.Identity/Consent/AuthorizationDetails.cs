using System.Security.Claims;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenIddict.Abstractions;

namespace CorpSecure.Identity.Consent;

/// <summary>The <c>authorization_details</c> of a request (RFC 9396): read strictly once, and in one spelling from then on.</summary>
public static class AuthorizationDetails
{
    /// <summary>Of the request, of the answer and of the access token.</summary>
    public const string Parameter = "authorization_details";

    /// <summary>Carries them from code to refresh token.</summary>
    public const string Claim = "oi_rar";

    public const string Invalid = "invalid_authorization_details";
    private const int Most = 10;
    private const int Longest = 8 * 1024;
    private static readonly PaymentInitiationValidator Validator = new();

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        MaxDepth = 8,
    };

    /// <returns>Null when it is not a list of payments, each complete and with nothing that is unknown here.</returns>
    public static IReadOnlyList<PaymentInitiation>? Read(string? json)
    {
        if (json is null || Encoding.UTF8.GetByteCount(json) > Longest)
            return null;
        try
        {
            var payments = JsonSerializer.Deserialize<List<PaymentInitiation?>>(json, Strict);
            return payments is { Count: > 0 and <= Most } && payments.All(payment => payment is not null && Validator.Validate(payment).IsValid)
                ? payments.OfType<PaymentInitiation>().ToList()
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException) // the latter for half of a surrogate pair
        {
            return null;
        }
    }

    public static string Write(IReadOnlyList<PaymentInitiation> payments) => JsonSerializer.Serialize(payments, Strict);

    public static string? Of(OpenIddictRequest request) => (string?)request[Parameter];

    /// <summary>After the person has approved them.</summary>
    public static void Grant(ClaimsPrincipal principal, OpenIddictRequest request)
    {
        if (Of(request) is { } details)
            principal.SetClaim(Claim, details);
    }
}
