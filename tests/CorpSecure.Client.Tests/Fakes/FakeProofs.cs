using System.Collections.Concurrent;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Problems;
using Microsoft.AspNetCore.Http;

namespace CorpSecure.Client.Tests.Fakes;

/// <summary>Checks DPoP proofs as strictly as the real servers do, and can demand a nonce.</summary>
public sealed class FakeProofs
{
    private readonly DpopReader _reader = new();
    private readonly ConcurrentDictionary<string, string> _spent = new();

    /// <summary>The nonce that proofs must have; null when none is demanded.</summary>
    public string? Nonce { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>How often a request was sent back for want of the nonce.</summary>
    public int SentBack { get; private set; }

    public DpopReading Read(string? proof) => _reader.Read(proof ?? "");

    /// <summary>Whether the proof lacks the nonce that is demanded; then the response tells it.</summary>
    public bool LacksNonce(HttpContext context)
    {
        if (Nonce is null)
        {
            return false;
        }
        context.Response.Headers[HeaderNames.DpopNonce] = Nonce;
        if (Read(context.Request.Headers[HeaderNames.Dpop]).Nonce == Nonce)
        {
            return false;
        }
        SentBack++;
        return true;
    }

    /// <summary>What is wrong with a proof; null when nothing is.</summary>
    /// <param name="thumbprint">The key it must be by; null when any will do.</param>
    public string? FaultOf(HttpContext context, Uri address, string? thumbprint, out string by)
    {
        var reading = Read(context.Request.Headers[HeaderNames.Dpop]);
        by = reading.Thumbprint;
        var target = address.GetLeftPart(UriPartial.Authority) + context.Request.Path;
        var fault = DpopRules.Check(reading, new DpopExpectation(context.Request.Method, target, Time.GetUtcNow()) { Thumbprint = thumbprint });
        if (fault != DpopFault.None)
        {
            return fault.ToString();
        }
        return _spent.TryAdd(reading.Id, by) ? null : "the jti was spent before";
    }
}
