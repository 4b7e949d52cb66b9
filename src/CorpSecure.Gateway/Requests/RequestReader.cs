using System.Buffers;
using CorpSecure.Core.Checks.RequestShape;
using CorpSecure.Core.Inputs;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.RateLimits;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace CorpSecure.Gateway.Requests;

/// <summary>Facts of request line, headers and connection. Nothing is decoded, trimmed or guessed.</summary>
public sealed class RequestReader(Policy policy, ExternalOrigins origins, TrustedProxies proxies)
{
    /// <summary>Headers of which a second one would be a second meaning.</summary>
    private static readonly string[] Single =
    [
        HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.ContentLength, HeaderNames.Host, HeaderNames.TransferEncoding, "Idempotency-Key", "DPoP",
    ];

    /// <summary>Headers that would change what the message is.</summary>
    private static readonly string[] Forbidden =
    [
        HeaderNames.Upgrade, HeaderNames.Trailer, HeaderNames.Expect, "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override",
        "X-Original-URL", "X-Rewrite-URL", "Corpsecure-Assertion", "Corpsecure-Decision-Id",
        "X-Content-Length", // where the server puts a Content-Length that came with a Transfer-Encoding: two framings of one body
    ];

    /// <summary>Headers of one connection.</summary>
    private static readonly string[] Connection = [HeaderNames.TransferEncoding, HeaderNames.KeepAlive, HeaderNames.ProxyConnection];

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> ValueCharacters = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c), '\t']);

    public (RequestFacts Facts, RoutePolicy? Route, AddressKey Address) Read(HttpContext context, Listener listener)
    {
        var request = context.Request;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var address = proxies.ClientAddress(context);
        var route = policy.Routes(listener).Find(request.Method, CanonicalTarget.Path(target), out var pathKnown);
        var facts = new RequestFacts
        {
            Method = request.Method,
            Target = target,
            Route = route?.Name,
            PathKnown = pathKnown,
            Address = address.ToString(),
            HostKnown = origins.IsHostOf(listener, request.Host),
            ForbiddenHeader = Array.Find(Forbidden, name => request.Headers.ContainsKey(name) && !IsContinue(name, request)) ?? Unreadable(request.Headers) ?? OfAnotherVersion(request),
            RepeatedHeader = Array.Find(Single, name => request.Headers[name].Count > 1),
            TransferCoded = request.Headers.TransferEncoding is [{ } coding, ..] && !coding.Equals("chunked", StringComparison.OrdinalIgnoreCase),
            ContentEncoded = request.Headers.ContentEncoding.Count > 0,
            HasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false } && request.ContentLength is not 0,
            ContentLength = request.ContentLength,
            ContentType = MediaType(request.ContentType),
            IdempotencyKey = request.Headers[CorpSecureHeaders.IdempotencyKey] is [{ } key] ? key : null,
        };
        return (facts, route, AddressKey.Of(address));
    }

    // "Expect: 100-continue" only asks to be told before the body is sent; Kestrel does so when the body is first read.
    private static bool IsContinue(string name, HttpRequest request) =>
        name == HeaderNames.Expect && string.Equals(request.Headers.Expect, "100-continue", StringComparison.OrdinalIgnoreCase);

    // A name is a token (RFC 9110 section 5.1): one that only looks like another to a lenient parser, such as a Content-Length after a
    // vertical tab, is a second reading. Beyond printable ASCII a value means what its reader thinks (section 5.5), and cannot be sent on as it came.
    private static string? Unreadable(IHeaderDictionary headers)
    {
        foreach (var (name, values) in headers)
        {
            if (name.AsSpan().ContainsAnyExcept(NameCharacters))
                return name;
            foreach (var value in values)
            {
                if (value.AsSpan().ContainsAnyExcept(ValueCharacters))
                    return name;
            }
        }

        return null;
    }

    // RFC 9112 section 6.1: HTTP/1.0 knows no transfer codings, so such framing is faulty whatever else is there.
    // RFC 9113 section 8.2.2: HTTP/2 knows no headers of one connection; the server refuses the others of them itself.
    private static string? OfAnotherVersion(HttpRequest request)
    {
        if (HttpProtocol.IsHttp11(request.Protocol))
            return null;
        return Array.Find(HttpProtocol.IsHttp10(request.Protocol) ? [HeaderNames.TransferEncoding] : Connection, request.Headers.ContainsKey);
    }

    private static string? MediaType(string? contentType)
    {
        if (contentType is null || !MediaTypeHeaderValue.TryParse(contentType, out var parsed))
            return null;
        return parsed.Charset.HasValue && !parsed.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? null
            : parsed.MediaType.Value!.ToLowerInvariant();
    }
}
