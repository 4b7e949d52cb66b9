using System.Text.Json;
using CorpSecure.Gateway.Tokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CorpSecure.Gateway.Issuers;

/// <summary>Asks an issuer whether a token still counts (RFC 7662). What is not a clear answer is none.</summary>
public sealed partial class Introspection(
    OtherIssuerSection section, HttpClient http, IConfigurationManager<OpenIdConnectConfiguration> configuration, ClientAssertion assertion, TimeProvider clock, ILogger logger)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly JsonDocumentOptions OneReading = new() { AllowDuplicateProperties = false };

    public long Now => clock.GetTimestamp();

    public bool IsOver(long askedAt) => clock.GetElapsedTime(askedAt) >= section.Introspection.CacheFor;

    /// <returns>Null when the issuer did not say.</returns>
    public async Task<bool?> AskAsync(string token)
    {
        try
        {
            var endpoint = section.Introspection.Endpoint is { Length: > 0 } configured
                ? configured
                : (await configuration.GetConfigurationAsync(CancellationToken.None)).IntrospectionEndpoint;
            if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
                throw new InvalidOperationException("the discovery document names no introspection endpoint");
            using var form = new FormUrlEncodedContent(
            [
                new("token", token), new("token_type_hint", "access_token"), new("client_id", section.Introspection.ClientId),
                new("client_assertion_type", AssertionType), new("client_assertion", assertion.Create()),
            ]);
            using var response = await http.PostAsync(address, form);
            response.EnsureSuccessStatusCode();
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(), OneReading);
            return document.RootElement.GetProperty("active").GetBoolean();
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or JsonException or InvalidOperationException or KeyNotFoundException or IOException)
        {
            LogUnknown(section.Issuer, error.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(2102, LogLevel.Error, "{Issuer} does not say whether tokens are still good: {Error}")]
    private partial void LogUnknown(string issuer, string error);
}
