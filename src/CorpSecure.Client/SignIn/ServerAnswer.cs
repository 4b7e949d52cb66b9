using System.Net;
using System.Text.Json;

namespace CorpSecure.Client.SignIn;

/// <summary>What an authorization server answered to a form: a JSON object, its own error among it (RFC 6749 section 5.2).</summary>
internal sealed class ServerAnswer : IDisposable
{
    private const int Largest = 256 * 1024;

    private readonly JsonDocument _document;
    private readonly Uri _endpoint;
    private readonly HttpStatusCode _status;

    private ServerAnswer(JsonDocument document, Uri endpoint, HttpStatusCode status)
    {
        _document = document;
        _endpoint = endpoint;
        _status = status;
    }

    /// <summary>The error code; null when all went well.</summary>
    public string? Error => Text("error") ?? ((int)_status is >= 200 and < 300 ? null : "invalid_response");

    public static async Task<ServerAnswer> ReadAsync(HttpResponseMessage response, Uri endpoint, CancellationToken cancellationToken)
    {
        if ((int)response.StatusCode >= 500)
        {
            response.EnsureSuccessStatusCode();
        }
        await response.Content.LoadIntoBufferAsync(Largest, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            var document = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return new ServerAnswer(document, endpoint, response.StatusCode);
            }
            document.Dispose();
        }
        catch (JsonException e)
        {
            throw Unreadable(endpoint, response.StatusCode, e);
        }
        throw Unreadable(endpoint, response.StatusCode, null);
    }

    /// <exception cref="SignInException">It is an error.</exception>
    public void EnsureGranted()
    {
        if (Error is { } error)
        {
            throw new SignInException(error, $"{_endpoint} refused: {Text("error_description") ?? error} (HTTP {(int)_status}).");
        }
    }

    public string? Text(string name) =>
        _document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public long? Number(string name) =>
        _document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    public void Dispose() => _document.Dispose();

    public override string ToString() => "ServerAnswer([redacted])";

    private static SignInException Unreadable(Uri endpoint, HttpStatusCode status, JsonException? cause) =>
        new("invalid_response", $"{endpoint} answered HTTP {(int)status} with something that is not an answer of an authorization server.", cause);
}
