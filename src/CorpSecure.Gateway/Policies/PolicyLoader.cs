using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Policies;

/// <summary>From the file to the policy: strict JSON (comments allowed), every fault with its place.</summary>
public static class PolicyLoader
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="StartRefusedException">With every fault and its line.</exception>
    public static (Policy Policy, string Text) Load(string file)
    {
        var bytes = File.ReadAllBytes(file);
        PolicyDocument document;
        JsonPlaces places;
        try
        {
            places = new JsonPlaces(bytes);
            document = JsonSerializer.Deserialize<PolicyDocument>(bytes, Strict) ?? throw new StartRefusedException($"{file}: {places.Describe("")}: is null");
        }
        catch (JsonException error)
        {
            throw new StartRefusedException($"{file}: line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}: {error.Path}: {Short(error.Message)}");
        }

        var result = new PolicyValidator().Validate(document);
        if (!result.IsValid)
            throw new StartRefusedException([.. result.Errors.Select(error => $"{file}: {places.Describe(error.PropertyName)}: {error.ErrorMessage}")]);
        return (Build(document, SHA256.HashData(bytes)), System.Text.Encoding.UTF8.GetString(bytes));
    }

    private static Policy Build(PolicyDocument document, byte[] digest) => new(
        document.Version,
        [.. digest],
        new SignatureRules(document.Signatures.MaximumAge, document.Signatures.ClockSkew, document.Signatures.CoolingOff),
        new RouteTable([.. document.Routes.Select(Build)]),
        new RouteTable([.. document.OpsRoutes.Select(Build)]))
    {
        ApiLimits = [.. document.RateLimits.Select(limit => limit.Build())],
        OpsLimits = [.. document.OpsRateLimits.Select(limit => limit.Build())],
    };

    private static RoutePolicy Build(RouteDocument route) => new()
    {
        Name = route.Name,
        Methods = [.. route.Methods],
        Path = PathTemplate.TryParse(route.Path)!,
        Roles = [.. route.Roles],
        Acr = [.. route.Acr.Select(name => AcrNames.TryGet(name, out var acr) ? acr : throw new ArgumentException(name))],
        MaximumAge = route.MaximumAge,
        Operation = route.Operation ?? (route.Methods.All(method => method is "GET" or "HEAD") ? "read" : "write"),
        Public = route.Public,
        Signed = route.Signed,
        Enrolment = route.Enrolment,
        IdempotencyKey = route.IdempotencyKey,
        Body = route.Body is { } body ? new BodyPolicy(body.Limit, [.. body.ContentTypes.Select(type => type.ToLowerInvariant())]) : null,
        Accounts = [.. route.Accounts.Select(account => account.In == "path"
            ? new AccountReference(account.Name, null, account.Permission)
            : new AccountReference(null, account.Name, account.Permission))],
        BufferedAnswer = route.BufferedAnswer,
    };

    /// <summary>The serializer repeats path and place after its sentence.</summary>
    private static string Short(string message) => message.Split(" Path:")[0].Split(" LineNumber:")[0];
}
