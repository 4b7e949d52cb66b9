using System.Net.Http.Headers;
using System.Text;
using CorpSecure.Cli.Failures;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Cli.Curl;

/// <summary>The request a command line describes.</summary>
internal sealed record CurlRequest(string Method, Uri Target)
{
    public string? Data { get; init; }

    public IReadOnlyList<string> Headers { get; init; } = [];

    public string? IdempotencyKey { get; init; }

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(ParseMethod(), Target) { Content = ReadBody() };
        foreach (var header in Headers)
        {
            AddHeader(message, header);
        }
        if (message.Content is { Headers.ContentType: null } content)
        {
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        if (IdempotencyKey is not null)
        {
            message.Headers.Remove(HeaderNames.IdempotencyKey);
            message.Headers.TryAddWithoutValidation(HeaderNames.IdempotencyKey, IdempotencyKey);
        }
        return message;
    }

    private HttpMethod ParseMethod()
    {
        try
        {
            return HttpMethod.Parse(Method.ToUpperInvariant());
        }
        catch (FormatException)
        {
            throw CliException.Usage($"'{Method}' is no HTTP method.");
        }
    }

    private ByteArrayContent? ReadBody()
    {
        if (Data is null)
        {
            return null;
        }
        if (!Data.StartsWith('@'))
        {
            return new ByteArrayContent(Encoding.UTF8.GetBytes(Data));
        }
        if (Data == "@-")
        {
            using var input = Console.OpenStandardInput();
            using var bytes = new MemoryStream();
            input.CopyTo(bytes);
            return new ByteArrayContent(bytes.ToArray());
        }
        return File.Exists(Data[1..])
            ? new ByteArrayContent(File.ReadAllBytes(Data[1..]))
            : throw CliException.Usage($"{Data[1..]}: no such file.", "-d @FILE sends a file, -d TEXT sends the text itself.");
    }

    private static void AddHeader(HttpRequestMessage message, string header)
    {
        if (header.Split(':', 2) is not [{ Length: > 0 } name, var value])
        {
            throw CliException.Usage($"'{header}' is no header.", "Write it as 'name: value'.");
        }
        if (name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
        {
            throw CliException.Usage("The Authorization header comes from the login.", "Sign in as another user with another --profile.");
        }
        if (name.Equals(HeaderNames.Dpop, StringComparison.OrdinalIgnoreCase))
        {
            throw CliException.Usage("The DPoP header is made for each attempt, with the key of the login.");
        }
        if (!message.Headers.TryAddWithoutValidation(name, value.Trim())
            && message.Content?.Headers.TryAddWithoutValidation(name, value.Trim()) != true)
        {
            throw CliException.Usage($"The header '{name}' cannot be sent{(message.Content is null ? " without a body" : "")}.");
        }
    }
}
