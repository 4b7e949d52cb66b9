using System.Buffers;
using System.Text.Json;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Inputs;

namespace CorpSecure.Gateway.Decisions;

/// <summary>The open part of a decision's entry: who by pseudonym, what, why. Everything personal is in the sealed facts.</summary>
public static class DecisionRecord
{
    public static byte[] Write(Facts facts, Decision decision, string replica)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("listener", Name(facts.Listener));
            json.WriteString("method", facts.Request.Method);
            if (facts.Request.Route is { } route)
                json.WriteString("route", route);
            if (facts.Token is { Fault: null } token)
            {
                json.WriteString("client", token.Client);
                json.WriteString("subject", token.Subject);
            }

            if (facts.SignatureHolds)
                json.WriteString("key", facts.Signature!.KeyId);
            json.WriteString("verdict", decision.Verdict.ToString());
            json.WriteString("enforcement", Name(decision.Enforcement));
            json.WriteString("stage", decision.Reached.ToString());
            json.WriteStartArray("reasons");
            foreach (var reason in decision.Reasons)
                json.WriteStringValue(reason.Code);
            json.WriteEndArray();
            if (decision.Verdict != Verdict.Allow)
                json.WriteNumber("status", decision.Reason.Status);
            json.WriteString("policy", decision.PolicyVersion);
            json.WriteString("replica", replica);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static string Name(Listener listener) => listener switch
    {
        Listener.Api => "api",
        Listener.Ops => "ops",
    };

    private static string Name(EnforcementAction enforcement) => enforcement switch
    {
        EnforcementAction.Refuse => "refuse",
        EnforcementAction.Challenge => "challenge",
        EnforcementAction.Hold => "hold",
        EnforcementAction.Forward => "forward",
    };
}
