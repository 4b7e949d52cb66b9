using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Signatures;
using static CorpSecure.Protocol.Tests.Dpop.Forgery;

namespace CorpSecure.Protocol.Tests.Dpop;

public sealed class DpopReaderTests : IDisposable
{
    private readonly SoftwareSigningKey key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
    private readonly DpopReader reader = new();

    public void Dispose() => key.Dispose();

    [Fact]
    public void The_proof_of_the_rfc_is_read()
    {
        // RFC 9449, figures 1 to 3, and the thumbprint of section 6.
        var reading = reader.Read(
            "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19"
            + ".eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ"
            + ".2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg");

        Assert.Equal(DpopFault.None, reading.Fault);
        Assert.Equal("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I", reading.Thumbprint);
        Assert.Equal(("POST", "https://server.example.com/token", "-BwC3ESc6acc2lTc"), (reading.Method, reading.Target, reading.Id));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1562262616), reading.IssuedAt);
        Assert.Null(reading.TokenHash);
        Assert.Null(reading.Nonce);
    }

    [Theory]
    [InlineData("ecdsa-p256-sha256")]
    [InlineData("PS256")]
    [InlineData("ed25519")]
    public void What_is_made_is_read_and_read_again_from_the_kept_key(string name)
    {
        Assert.True(SignatureAlgorithm.TryFind(name, out var algorithm));
        using var own = SigningKey.Generate(algorithm);
        var claims = new DpopClaims("GET", "https://bank.example/a", Now, "one") { TokenHash = DpopProof.TokenHash("token"), Nonce = "n" };

        foreach (var id in (ReadOnlySpan<string>)["one", "two"])
        {
            var reading = reader.Read(DpopProof.Create(own, claims with { Id = id }));

            Assert.Equal(DpopFault.None, reading.Fault);
            Assert.Equal(DpopProof.Thumbprint(own), reading.Thumbprint);
            Assert.Equal(own.KeyId, reading.Thumbprint);
            Assert.Equal(("GET", "https://bank.example/a", id, claims.TokenHash, "n"), (reading.Method, reading.Target, reading.Id, reading.TokenHash, reading.Nonce));
        }
    }

    [Fact]
    public void A_proof_by_another_key_under_a_known_header_is_no_proof()
    {
        var header = Header(key);
        Assert.Equal(DpopFault.None, reader.Read(Sign(key, header, Claims())).Fault);
        using var other = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);

        Assert.Equal(DpopFault.Signature, reader.Read(Sign(other, header, Claims("id-2"))).Fault);
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("at+jwt")]
    [InlineData("DPOP+JWT")]
    [InlineData("application/dpop+jwt")]
    [InlineData("")]
    public void Another_type_is_refused(string typ) =>
        Assert.Equal(DpopFault.Type, reader.Read(Sign(key, Header(key, typ: typ), Claims())).Fault);

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("ES384")]
    [InlineData("es256")]
    public void Another_algorithm_is_refused(string alg) =>
        Assert.Equal(DpopFault.Algorithm, reader.Read(Sign(key, Header(key, alg: alg), Claims())).Fault);

    [Theory]
    [InlineData("PS256")]
    [InlineData("EdDSA")]
    public void A_key_of_another_algorithm_is_refused(string alg) =>
        Assert.Equal(DpopFault.Key, reader.Read(Sign(key, Header(key, alg: alg), Claims())).Fault);

    [Theory]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256"}""", DpopFault.Key)]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":"x"}""", DpopFault.Key)]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":{}}""", DpopFault.Key)]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"\ud800","y":"AA"}}""", DpopFault.Key)]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"oct","k":"AAAA"}}""", DpopFault.PrivateKey)]
    [InlineData("""{"typ":"dpop+jwt","alg":["ES256"],"jwk":{}}""", DpopFault.Algorithm)]
    [InlineData("""{"alg":"ES256","jwk":{}}""", DpopFault.Type)]
    [InlineData("""["typ"]""", DpopFault.Malformed)]
    [InlineData("""{"typ":"dpop+jwt","typ":"dpop+jwt","alg":"ES256"}""", DpopFault.Malformed)]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256","crit":["b64"],"b64":true}""", DpopFault.Malformed)]
    [InlineData("""{"typ":"dpop+jwt","alg":"ES256"} x""", DpopFault.Malformed)]
    [InlineData("""{"\ud800":1}""", DpopFault.Malformed)]
    [InlineData("", DpopFault.Malformed)]
    public void A_header_that_is_none_is_refused(string header, DpopFault fault)
    {
        var reading = reader.Read(Sign(key, header, Claims()));
        Assert.True(reading.Fault == fault || (fault == DpopFault.Malformed && reading.Fault == DpopFault.Type), $"{reading.Fault}");
    }

    [Theory]
    [InlineData("=")]
    [InlineData(" ")]
    public void A_coordinate_has_one_spelling(string more)
    {
        var jwk = Jwk(key).Replace("\",\"y\"", $"{more}\",\"y\"", StringComparison.Ordinal);
        Assert.NotEqual(Jwk(key), jwk);
        var header = Header(key).Replace(Jwk(key), jwk, StringComparison.Ordinal);
        Assert.Equal(DpopFault.Key, reader.Read(Sign(key, header, Claims())).Fault);
    }

    [Fact]
    public void A_private_key_in_the_header_is_refused()
    {
        var header = Header(key).Replace("\"jwk\":{", "\"jwk\":{\"d\":\"AAAA\",", StringComparison.Ordinal);
        Assert.Equal(DpopFault.PrivateKey, reader.Read(Sign(key, header, Claims())).Fault);
    }

    [Theory]
    [InlineData("""{"htm":"POST","htu":"https://b","iat":1}""")]
    [InlineData("""{"jti":"","htm":"POST","htu":"https://b","iat":1}""")]
    [InlineData("""{"jti":1,"htm":"POST","htu":"https://b","iat":1}""")]
    [InlineData("""{"jti":"a","htu":"https://b","iat":1}""")]
    [InlineData("""{"jti":"a","htm":"POST","iat":1}""")]
    [InlineData("""{"jti":"a","htm":"POST","htu":"https://b"}""")]
    [InlineData("""{"jti":"a","htm":"POST","htu":"https://b","iat":"1"}""")]
    [InlineData("""{"jti":"a","htm":"POST","htu":"https://b","iat":-1}""")]
    [InlineData("""{"jti":"a","htm":"POST","htu":"https://b","iat":1e300}""")]
    [InlineData("""{"jti":"a","htm":"POST","htu":"https://b","iat":1,"ath":1}""")]
    [InlineData("""{"jti":"a","htm":"POST","htu":"https://b","iat":1,"nonce":null}""")]
    [InlineData("""{"jti":"\ud800","htm":"POST","htu":"https://b","iat":1}""")]
    public void Claims_that_are_missing_or_of_another_type_are_refused(string payload) =>
        Assert.Equal(DpopFault.Claims, reader.Read(Sign(key, Header(key), payload)).Fault);

    [Fact]
    public void An_id_that_is_too_long_is_refused()
    {
        Assert.Equal(DpopFault.None, reader.Read(Sign(key, Header(key), Claims(id: new string('a', 256)))).Fault);
        Assert.Equal(DpopFault.Claims, reader.Read(Sign(key, Header(key), Claims(id: new string('a', 257)))).Fault);
    }

    [Fact]
    public void A_proof_that_can_be_read_in_two_ways_is_refused()
    {
        var twice = Sign(key, Header(key), """{"jti":"a","jti":"b","htm":"POST","htu":"https://b","iat":1}""");
        Assert.Equal(DpopFault.Malformed, reader.Read(twice).Fault);

        var good = Sign(key, Header(key), Claims());
        foreach (var altered in (string[])[good + "=", good + ".", "." + good, good + ".e30", good.Replace('.', ' '), good[..good.LastIndexOf('.')], " " + good, good + "\n", ""])
            Assert.True(reader.Read(altered).Fault is DpopFault.Malformed or DpopFault.Signature, altered);
    }

    [Fact]
    public void Bits_that_stand_for_nothing_are_refused()
    {
        // The last character of 64 bytes in base64url carries two bits of value: its other bits must be zero.
        var good = Sign(key, Header(key), Claims());
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var last = Alphabet[Alphabet.IndexOf(good[^1], StringComparison.Ordinal) | 1];

        Assert.Equal(DpopFault.Signature, reader.Read(good[..^1] + last).Fault);
    }

    [Fact]
    public void Every_flipped_bit_voids_the_proof()
    {
        var good = Sign(key, Header(key), Claims());
        for (var at = 0; at < good.Length; at++)
        {
            var flipped = string.Concat(good.AsSpan(0, at), ((char)(good[at] ^ 1)).ToString(), good.AsSpan(at + 1));
            Assert.NotEqual(DpopFault.None, reader.Read(flipped).Fault);
        }
    }

    [Fact]
    public void A_proof_that_is_too_long_is_not_even_read() =>
        Assert.Equal(DpopFault.Malformed, reader.Read(Sign(key, Header(key), Claims(more: $",\"x\":\"{new string('a', DpopProof.Longest)}\""))).Fault);

    [Fact]
    public void Keys_are_kept_within_bounds_and_opened_again_when_they_have_gone()
    {
        var small = new DpopReader(keysKept: 2);
        var keys = Enumerable.Range(0, 8).Select(_ => SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256)).ToList();
        foreach (var one in keys.Concat(keys))
        {
            Assert.Equal(one.KeyId, small.Read(DpopProof.Create(one, new DpopClaims("GET", "https://b/", Now, "x"))).Thumbprint);
        }
        keys.ForEach(one => one.Dispose());
    }

    [Fact]
    public void A_key_that_no_proof_may_be_signed_with_makes_none()
    {
        using var own = SigningKey.Generate(SignatureAlgorithm.EcdsaP384Sha384);
        Assert.Throws<ArgumentException>(() => DpopProof.Create(own, new DpopClaims("GET", "https://b/", Now, "x")));
    }
}
