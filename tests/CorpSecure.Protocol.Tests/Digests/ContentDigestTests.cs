using CorpSecure.Protocol.Digests;
using CorpSecure.Protocol.Signatures;
using CorpSecure.Protocol.StructuredFields;

namespace CorpSecure.Protocol.Tests.Digests;

public class ContentDigestTests
{
    private const string Sha256OfLine = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";
    private const string Sha512OfObject = "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";

    [Fact]
    public void Digests_are_those_of_RFC_9530()
    {
        ContentDigest.Sha256("{\"hello\": \"world\"}\n"u8).ShouldBe(Sha256OfLine);
        ContentDigest.Sha512("{\"hello\": \"world\"}\n"u8).ShouldBe(
            "sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:");
    }

    [Fact]
    public void Digests_are_those_of_RFC_9421()
    {
        ContentDigest.Sha256("{\"hello\": \"world\"}"u8).ShouldBe("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
        ContentDigest.Sha512("{\"hello\": \"world\"}"u8).ShouldBe(Sha512OfObject);
        ContentDigest.Sha512("{\"message\": \"good dog\"}"u8).ShouldStartWith("sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1Xd");
    }

    [Theory]
    [InlineData(Sha512OfObject, null)]
    [InlineData("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:, " + Sha512OfObject, null)]
    [InlineData("md5=:AAAA:, " + Sha512OfObject, null)]
    [InlineData(Sha512OfObject + ";p=1", null)]
    [InlineData(Sha256OfLine, SignatureFault.DigestMismatch)]
    [InlineData(Sha256OfLine + ", " + Sha512OfObject, SignatureFault.DigestMismatch)]
    [InlineData("md5=:AAAA:", SignatureFault.DigestUnsupported)]
    [InlineData("SHA-256=:AAAA:", SignatureFault.DigestMalformed)]
    [InlineData("", SignatureFault.DigestUnsupported)]
    [InlineData("sha-256=:AAAA:", SignatureFault.DigestMalformed)]
    [InlineData("sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=", SignatureFault.DigestMalformed)]
    [InlineData("sha-256=\"X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=\"", SignatureFault.DigestMalformed)]
    [InlineData("sha-256", SignatureFault.DigestMalformed)]
    [InlineData(Sha256OfLine + ", sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", SignatureFault.DigestMalformed)]
    [InlineData(Sha512OfObject + ", md5=1", SignatureFault.DigestMalformed)]
    public void A_digest_is_of_these_bytes_or_refused(string field, SignatureFault? fault) =>
        ContentDigest.Verify(field, "{\"hello\": \"world\"}"u8).ShouldBe(fault);

    [Fact]
    public void An_absent_digest_is_missing() => ContentDigest.Verify(default, "{}"u8).ShouldBe(SignatureFault.DigestMissing);

    [Fact]
    public void Two_lines_are_one_field() => ContentDigest.Verify(
        new FieldLines(["sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", Sha512OfObject]), "{\"hello\": \"world\"}"u8).ShouldBeNull();
}
