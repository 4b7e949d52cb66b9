using CorpSecure.Protocol.Signatures;
using CorpSecure.Protocol.StructuredFields;
using Microsoft.Extensions.Primitives;

namespace CorpSecure.Gateway.Signatures;

/// <summary>The received request as a signature sees it. Scheme and authority are configured: <c>Host</c> is not asked.</summary>
public sealed class RequestView(HttpRequest request, string origin, string target) : MessageView
{
    private readonly Uri external = new(origin);

    public override string? Method => request.Method;

    public override string? Scheme => external.Scheme;

    public override string? Authority => external.Authority;

    public override string? RequestTarget => target;

    public override FieldLines Field(string name) => Lines(request.Headers[name]);

    internal static FieldLines Lines(StringValues values) =>
        values.Count switch { 0 => default, 1 => new FieldLines(values[0]), _ => new FieldLines(values.Select(value => value ?? "")) };
}
