using BenchmarkDotNet.Attributes;
using CorpSecure.Protocol.Digests;
using CorpSecure.Protocol.Signatures;
using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Benchmarks.Micro;

/// <summary>What a received signature costs: reading its fields, and judging the whole request.</summary>
public class SignatureBenchmarks : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 7, 0, 0, TimeSpan.Zero);
    private static readonly RequestShape Shape = new(HasBody: true, HasDpop: false, NeedsIdempotencyKey: true);

    private readonly FapiRequestProfile profile = new();
    private readonly SoftwareSigningKey signingKey = SigningKey.Generate("anna-1");
    private readonly VerificationKey key;
    private readonly InMemoryMessage message;
    private readonly MessageSignature signed;

    public SignatureBenchmarks()
    {
        key = signingKey.ToVerificationKey();
        message = InMemoryMessage.ForRequest("POST", "https://localhost:8443/corporate/v1/payments")
            .With("Authorization", "Bearer " + new string('t', 900))
            .With("Content-Type", "application/json")
            .With("Content-Digest", ContentDigest.Sha256("{}"u8))
            .With("Idempotency-Key", "8e03978e-40d5-43dd-bc93-6894a57f9324");
        signed = new MessageSigner(signingKey).Sign(
            message, profile.Components(Shape), new SignatureParameters { Created = Now, Nonce = "Zn7c2m0Qk4fXb1aS", Tag = FapiRequestProfile.Tag });
    }

    [Benchmark]
    public FieldDictionary ParseFields() =>
        FieldParser.TryParseDictionary(signed.SignatureInput, out var fields, out var fault) ? fields : throw new InvalidOperationException(fault.ToString());

    [Benchmark]
    public void VerifyRequest()
    {
        if (!ReceivedSignature.TryRead(signed.SignatureInput, signed.Signature, FapiRequestProfile.Tag, out var received, out var malformed))
            throw new InvalidOperationException(malformed.ToString());
        if ((profile.Check(received, Shape, Now) ?? received.Verify(message, key)) is { } fault)
            throw new InvalidOperationException(fault.ToString());
    }

    [GlobalCleanup]
    public void Dispose()
    {
        key.Dispose();
        signingKey.Dispose();
        GC.SuppressFinalize(this);
    }
}
