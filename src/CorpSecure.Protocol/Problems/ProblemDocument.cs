using System.Text.Json;
using System.Text.Json.Serialization;

namespace CorpSecure.Protocol.Problems;

/// <summary>
/// How every refusal is told to a caller (RFC 9457). It never says which factor was wrong or what a rule's threshold is.
/// </summary>
/// <param name="Type">A URI that names the kind of problem; see <see cref="ProblemTypes"/>.</param>
/// <param name="Title">A short summary that does not vary between occurrences.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The stable reason code, the same as in the audit log.</param>
public sealed record ProblemDocument(string Type, string Title, int Status, string Code)
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The decision that refused: the handle for support, console and log.</summary>
    public Guid? DecisionId { get; init; }

    /// <summary>Whether the same request may succeed later without being changed.</summary>
    public bool Retryable { get; init; }

    /// <summary>What this occurrence is about.</summary>
    public string? Detail { get; init; }

    /// <summary>A URI that names this occurrence.</summary>
    public string? Instance { get; init; }

    /// <summary>Further members (RFC 9457, section 3.2). Settable because the generated serializer cannot initialize it.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; set; }

    /// <summary>A problem whose type is the product's own for the code.</summary>
    public static ProblemDocument Of(string code, string title, int status) => new(ProblemTypes.For(code), title, status, code);

    /// <summary>The document as UTF-8 JSON.</summary>
    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, ProblemJson.Default.ProblemDocument);

    /// <summary>Writes the document as UTF-8 JSON.</summary>
    public Task WriteAsync(Stream destination, CancellationToken cancellation = default) =>
        JsonSerializer.SerializeAsync(destination, this, ProblemJson.Default.ProblemDocument, cancellation);

    /// <summary>Reads a document; null when it is not one. Members that others may leave out become empty, the type <c>about:blank</c>.</summary>
    public static ProblemDocument? TryParse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var read = JsonSerializer.Deserialize(utf8, ProblemJson.Default.ProblemDocument);
            return read is null ? null : read with { Type = read.Type ?? "about:blank", Title = read.Title ?? "", Code = read.Code ?? "" };
        }
        catch (JsonException)
        {
            // Anything may answer in place of a gateway; what it sent is then not a problem document.
            return null;
        }
    }
}
