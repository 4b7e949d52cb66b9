using System.Text;
using CorpSecure.Fuzzing.Running;
using CorpSecure.Protocol.Digests;
using CorpSecure.Protocol.Signatures;
using CorpSecure.Protocol.StructuredFields;
using static CorpSecure.Fuzzing.Running.FuzzTarget;

namespace CorpSecure.Fuzzing.Targets;

/// <summary>A signed payment: method and target, field lines, an empty line, the body. Whatever verifies says what was signed.</summary>
internal static class MessageTarget
{
    private const string Origin = "https://localhost:8443";
    private const string Body = """{"debtorAccount":"acc-acme-001","amount":"1250.00","currency":"EUR"}""";

    private static readonly string[] Covered = ["authorization", "content-type", "content-digest", "idempotency-key"];
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 7, 0, 0, TimeSpan.Zero);
    private static readonly RequestShape Shape = new(HasBody: true, HasDpop: false, NeedsIdempotencyKey: true);
    private static readonly SoftwareSigningKey Signer = SigningKey.Generate("anna-1");
    private static readonly VerificationKey Key = Signer.ToVerificationKey();
    private static readonly FapiRequestProfile Profile = new();

    private static readonly string[] Words =
    [
        "\n", "sig=", "sig2=", "(", ")", "\"@method\"", "\"@target-uri\"", "\"@path\"", "\"@query\"", "\"@query-param\";name=\"a\"", "\"@authority\"", "\"content-digest\"", ";req", ";sf",
        ";bs", ";key=\"a\"", ";tr", ";created=1795503600", ";nonce=\"0123456789abcdef\"", ";keyid=\"anna-1\"", ";alg=\"ecdsa-p256-sha256\"", ";tag=\"fapi-2-request\"", ";expires=1",
        ", ", "signature: ", "signature-input: ", "authorization: ", "sha-512=:AA==:", "=:AAAA:",
    ];

    public static FuzzTarget Create()
    {
        var message = InMemoryMessage.ForRequest("POST", Origin + "/corporate/v1/payments?dry=0")
            .With("authorization", "Bearer token").With("content-type", "application/json")
            .With("content-digest", ContentDigest.Sha256(Encoding.ASCII.GetBytes(Body))).With("idempotency-key", "8e03978e-40d5-43dd-bc93");
        var signed = new MessageSigner(Signer).Sign(message, Profile.Components(Shape), new SignatureParameters { Created = Now, Nonce = "Zn7c2m0Qk4fXb1aS", Tag = FapiRequestProfile.Tag });
        var text = new StringBuilder("POST /corporate/v1/payments?dry=0\n");
        foreach (var name in Covered)
            text.Append(name).Append(": ").Append(message.Field(name)).Append('\n');
        var original = Encoding.ASCII.GetBytes(text.Append($"signature-input: {signed.SignatureInput}\nsignature: {signed.Signature}\n\n{Body}").ToString());
        var read = Read(original);
        Holds(Judge(read, verified: true), "the original does not verify");
        return new("messages", 12_000, Words, input => Check(input, read, verified: true), input => Check(input, read, verified: false)) { Seeds = [original] };
    }

    private static void Check(byte[] input, Parts original, bool verified)
    {
        var parts = Read(input);
        if (!Judge(parts, verified))
            return;
        Holds(parts.Method == original.Method && parts.Target == original.Target && parts.Body.AsSpan().SequenceEqual(original.Body), "another request verifies");
        foreach (var name in Covered)
            Holds(parts.Message.Field(name).ToString().Trim() == original.Message.Field(name).ToString(), $"another {name} verifies");
    }

    /// <summary>The whole of what a verifier does.</summary>
    private static bool Judge(Parts parts, bool verified) =>
        ReceivedSignature.TryRead(parts.Message.Field("signature-input"), parts.Message.Field("signature"), FapiRequestProfile.Tag, out var received, out _)
        && Profile.Check(received, Shape, Now) is null
        && (!verified || (received.Verify(parts.Message, Key) is null && ContentDigest.Verify(parts.Message.Field("content-digest"), parts.Body) is null));

    private static Parts Read(byte[] input)
    {
        var end = input.AsSpan().IndexOf("\n\n"u8);
        var lines = Encoding.Latin1.GetString(input, 0, end < 0 ? input.Length : end).Split('\n');
        var start = lines[0].Split(' ', 2);
        var message = InMemoryMessage.ForRequest(start[0], "https", "localhost:8443", start[^1]);
        foreach (var line in lines.Skip(1).Select(line => line.Split(": ", 2)).Where(line => line is [{ Length: > 0 }, _]))
            message.With(line[0].ToLowerInvariant(), line[1]);
        return new Parts(start[0], start[^1], message, end < 0 ? [] : input[(end + 2)..]);
    }

    private sealed record Parts(string Method, string Target, InMemoryMessage Message, byte[] Body);
}
