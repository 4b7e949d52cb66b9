using System.Text;
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
        HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.ContentLength, HeaderNames.Host, "Idempotency-Key", "DPoP",
    ];

    /// <summary>Headers that would change what the message is.</summary>
    private static readonly string[] Forbidden =
    [
        HeaderNames.Upgrade, HeaderNames.Trailer, HeaderNames.Expect, "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override",
        "X-Original-URL", "X-Rewrite-URL", "Corpsecure-Assertion", "Corpsecure-Decision-Id",
        "X-Content-Length", // where the server puts a Content-Length that came with a Transfer-Encoding: two framings of one body
    ];

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
            ForbiddenHeader = Array.Find(Forbidden, name => request.Headers.ContainsKey(name) && !IsContinue(name, request)) ?? Unwritable(request.Headers),
            RepeatedHeader = Array.Find(Single, name => request.Headers[name].Count > 1),
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

    // Beyond ASCII a value means what its reader thinks (RFC 9110 section 5.5), and cannot be sent on as it came.
    private static string? Unwritable(IHeaderDictionary headers)
    {
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                if (!Ascii.IsValid(value))
                    return name;
            }
        }

        return null;
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
