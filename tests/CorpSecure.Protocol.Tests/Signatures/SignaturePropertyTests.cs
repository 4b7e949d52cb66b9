using System.Text;
using CorpSecure.Protocol.Signatures;
using CsCheck;

namespace CorpSecure.Protocol.Tests.Signatures;

public sealed class SignaturePropertyTests : IDisposable
{
    private static readonly string[] Pieces =
        ["sig", "=", "(", ")", "\"@method\"", ";", "created", "tag=\"t\"", ":AAAA:", ", ", " ", "1", "?1", "\"", "\\"];

    private readonly SignedPayment _payment = new();

    [Fact]
    public void Any_bit_flipped_in_the_signature_breaks_it()
    {
        var signed = _payment.Sign();
        var raw = Convert.FromBase64String(signed.Signature[5..^1]);
        Gen.Int[0, raw.Length * 8 - 1].Sample(bit =>
        {
            var flipped = (byte[])raw.Clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            return _payment.Judge(signed.SignatureInput, $"sig=:{Convert.ToBase64String(flipped)}:") == SignatureFault.Invalid;
        }, iter: 300);
    }

    [Fact]
    public void Any_bit_flipped_in_the_signature_base_breaks_it()
    {
        var signed = _payment.Sign();
        var raw = Convert.FromBase64String(signed.Signature[5..^1]);
        var bytes = Encoding.ASCII.GetBytes(signed.Base);
        _payment.Key.Verify(bytes, raw).ShouldBeTrue();
        Gen.Int[0, bytes.Length * 8 - 1].Sample(bit =>
        {
            var flipped = (byte[])bytes.Clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            return !_payment.Key.Verify(flipped, raw);
        }, iter: 300);
    }

    [Fact]
    public void Any_character_changed_in_the_input_breaks_it_or_means_the_same()
    {
        var signed = _payment.Sign();
        Gen.Select(Gen.Int[0, signed.SignatureInput.Length - 1], Gen.Char[' ', '~']).Sample((at, replacement) =>
        {
            var changed = signed.SignatureInput.ToCharArray();
            changed[at] = replacement;
            var text = new string(changed);
            // The label is not signed, and pairs with the other field; all else must be as it was.
            return text == signed.SignatureInput || _payment.Judge(text, signed.Signature) is not null;
        }, iter: 2_000);
    }

    [Fact]
    public void Whatever_the_fields_hold_reading_them_never_throws()
    {
        var text = Gen.OneOf(
            Gen.Char.Array[0, 200].Select(characters => new string(characters)),
            Gen.Char[' ', '~'].Array[0, 200].Select(characters => new string(characters)),
            Gen.Int[0, Pieces.Length - 1].Array[0, 30].Select(picks => string.Concat(picks.Select(pick => Pieces[pick]))));
        Gen.Select(text, text).Sample((input, signature) =>
        {
            if (ReceivedSignature.TryRead(input, signature, "t", out var received, out var fault))
                _ = received.Verify(SignedPayment.Message(), _payment.Key);
            else
                fault.Code().ShouldStartWith("signature.");
        }, iter: 20_000);
    }

    [Fact]
    public void Whatever_is_signed_verifies_and_reads_back()
    {
        using var key = SigningKey.Generate("k-1");
        using var registered = key.ToVerificationKey();
        var printable = Gen.Char[' ', '~'].Array[0, 40].Select(characters => new string(characters));
        Gen.Select(printable, printable, printable).Sample((value, nonce, tag) =>
        {
            var message = InMemoryMessage.ForRequest("GET", "https://localhost/").With("X-A", value);
            var signed = new MessageSigner(key).Sign(
                message,
                [ComponentIdentifier.Of("x-a"), ComponentIdentifier.Parse("\"x-a\";bs")],
                new() { Created = SignedPayment.Now, Nonce = nonce, Tag = tag });
            return ReceivedSignature.TryRead(signed.SignatureInput, signed.Signature, tag, out var received, out _)
                && received.Nonce == nonce && received.Verify(message, registered) is null;
        }, iter: 300);
    }

    public void Dispose() => _payment.Dispose();
}
