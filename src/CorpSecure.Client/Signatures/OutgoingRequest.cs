using CorpSecure.Protocol.Signatures;
using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Client.Signatures;

/// <summary>A request as it will stand on the wire, for the signature base.</summary>
internal sealed class OutgoingRequest(HttpRequestMessage request) : MessageView
{
    private readonly Uri _uri = request.RequestUri!;

    public override string? Method => request.Method.Method;

    public override string? Scheme => _uri.Scheme;

    public override string? Authority => _uri.IsDefaultPort ? _uri.IdnHost : $"{_uri.IdnHost}:{_uri.Port}";

    public override string? RequestTarget => _uri.PathAndQuery;

    public override FieldLines Field(string name) =>
        request.Headers.NonValidated.TryGetValues(name, out var values)
        || (request.Content?.Headers.NonValidated.TryGetValues(name, out values) ?? false)
            ? new FieldLines(values)
            : default;
}
