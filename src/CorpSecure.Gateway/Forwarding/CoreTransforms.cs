using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CorpSecure.Core.Decisions;
using CorpSecure.Gateway.Dpop;
using CorpSecure.Gateway.Enforcement;
using CorpSecure.Gateway.Problems;
using CorpSecure.Gateway.RateLimits;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace CorpSecure.Gateway.Forwarding;

/// <summary>What the core sees: the canonical target, a few named headers, the decision and the signed assertion; no credential of the client.</summary>
public sealed class CoreTransforms(AssertionSigner assertions, ProblemWriter problems) : ITransformProvider
{
    private static readonly UriCreationOptions AsGiven = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Everything else stays behind: hop, forwarding and credential headers by construction.</summary>
    private static readonly string[] Passed =
    [
        HeaderNames.Accept, HeaderNames.AcceptLanguage, HeaderNames.ContentType, HeaderNames.IfMatch, HeaderNames.IfNoneMatch,
        HeaderNames.IfModifiedSince, HeaderNames.UserAgent, "Content-Digest",
    ];

    /// <summary>The core's own, which mean nothing or too much outside.</summary>
    private static readonly string[] Stripped =
    [
        HeaderNames.SetCookie, HeaderNames.Server, HeaderNames.XPoweredBy, HeaderNames.Via, HeaderNames.AltSvc, HeaderNames.WWWAuthenticate,
        HeaderNames.AccessControlAllowOrigin, HeaderNames.AccessControlAllowCredentials, CorpSecureHeaders.DecisionId, AssertionSigner.Header,
        CorpSecureHeaders.RateLimit, CorpSecureHeaders.RateLimitPolicy, CorpSecureHeaders.DpopNonce,
    ];

    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        context.CopyRequestHeaders = false;
        context.UseDefaultForwarders = false;
        context.CopyResponseTrailers = false;
        context.AddRequestTransform(ApplyAsync);
        context.AddResponseTransform(AnswerAsync);
    }

    private ValueTask ApplyAsync(RequestTransformContext context)
    {
        var exchange = Exchange.Of(context.HttpContext);
        var facts = exchange.Facts;
        context.ProxyRequest.RequestUri = new Uri(context.DestinationPrefix.TrimEnd('/') + facts.Request.Target, AsGiven);
        foreach (var name in Passed)
        {
            var values = context.HttpContext.Request.Headers[name];
            if (values.Count > 0)
                RequestTransform.AddHeader(context, name, values);
        }

        if (!exchange.Body.Bytes.IsEmpty)
            RequestTransform.AddHeader(context, HeaderNames.ContentLength, exchange.Body.Bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (facts.Request.IdempotencyKey is { } key)
            RequestTransform.AddHeader(context, CorpSecureHeaders.IdempotencyKey, CoreKey(facts.Token!.Client, key));
        RequestTransform.AddHeader(context, CorpSecureHeaders.DecisionId, facts.DecisionId.ToString());
        RequestTransform.AddHeader(context, AssertionSigner.Header, assertions.Sign(facts, exchange.Body.Digest));
        return ValueTask.CompletedTask;
    }

    private async ValueTask AnswerAsync(ResponseTransformContext context)
    {
        var exchange = Exchange.Of(context.HttpContext);
        var id = exchange.Facts.DecisionId;
        if (context.ProxyResponse is { StatusCode: System.Net.HttpStatusCode.Unauthorized })
        {
            // It is the gateway that the core does not accept; the caller's own credentials were good.
            context.SuppressResponseBody = true;
            await problems.WriteAsync(context.HttpContext, Reasons.CoreRejected, id);
            return;
        }

        foreach (var name in Stripped)
            ResponseTransform.TakeHeader(context, name);
        var response = context.HttpContext.Response;
        SecurityHeaders.Apply(response);
        RateLimitHeaders.Apply(response, exchange.Rates);
        DpopNonceHeader.Apply(response, exchange);
        response.Headers[CorpSecureHeaders.DecisionId] = id.ToString();
    }

    /// <summary>The gateway's own key: one client's key never meets another's, and a repeat of the same order has the same.</summary>
    private static string CoreKey(string client, string key) =>
        "cs-" + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{client}\0{key}")));
}
