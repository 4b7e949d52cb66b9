using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Dpop;
using CorpSecure.Gateway.Issuers;
using CorpSecure.Gateway.Policies;
using CorpSecure.Gateway.Registry;
using CorpSecure.Gateway.Tokens;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.PushedRequests;
using CorpSecure.Protocol.Dpop;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.Architecture.Tests.Numbers;

/// <summary>The values that rules demand of sessions and tokens are the defaults, read where the product reads them.</summary>
public sealed class SessionAndTokenNumberTests
{
    private static readonly Policy Shipped = PolicyLoader.Load(Path.Combine(SourceTree.OfThisRepository().Root, "src", "CorpSecure.Gateway", "policy.json")).Policy;

    [Fact]
    public void Sessions_and_tokens_have_the_numbers_that_rules_demand()
    {
        var signIn = new SignInLimits();
        signIn.IdleSession.ShouldBe(TimeSpan.FromMinutes(5)); // PSD2 RTS Art. 4(3)(d)
        signIn.AbsoluteSession.ShouldBe(TimeSpan.FromHours(12)); // NIST 800-63B-4 AAL3
        (signIn.Attempts, signIn.Lockout).ShouldBe((5, TimeSpan.FromMinutes(30))); // RTS Art. 4(3)(b), PCI DSS 8.3.4

        IdentitySettings.LifeOfAccessTokens.ShouldBeLessThan(signIn.IdleSession); // so that a refresh sees whether a session is idle
        Identity.Tokens.TokensModule.CodeLifetime.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(60)); // FAPI 2.0
        PushedRequestsModule.Lifetime.ShouldBeLessThan(TimeSpan.FromSeconds(600)); // FAPI 2.0

        TokenIssuer.Ahead.ShouldBe(TimeSpan.FromSeconds(10)); // FAPI 2.0: accepted up to 10 s ahead, refused past 60
        IssuerRules.KnownAlgorithms.ShouldBeSubsetOf(["ES256", "PS256", "EdDSA"]); // FAPI 2.0
        DpopProof.Algorithms.ShouldBe(["ES256", "PS256", "EdDSA"], ignoreOrder: true);
        var proof = new DpopExpectation("GET", "https://bank.example/", default);
        (proof.MaximumAge, proof.Skew, new DpopSection().MaximumAge, new DpopSection().RequireNonce)
            .ShouldBe((TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60), true));

        RegistryFeed.MaximumAge.ShouldBe(TimeSpan.FromSeconds(5)); // a revocation is effective everywhere by then, or nothing is allowed
        IntrospectionSection.LongestCache.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Signatures_and_routes_have_the_numbers_that_rules_demand()
    {
        Shipped.Signatures.MaximumAge.ShouldBe(TimeSpan.FromSeconds(60)); // FAPI HTTP signatures
        Shipped.Signatures.ClockSkew.ShouldBe(TimeSpan.FromSeconds(10));
        Shipped.Signatures.CoolingOff.ShouldBe(TimeSpan.FromHours(12)); // MAS
        foreach (var route in Shipped.Api.All.Concat(Shipped.Ops.All).Where(route => !route.Public))
            route.MaximumAge.ShouldBeLessThanOrEqualTo(new SignInLimits().AbsoluteSession, route.Name);
    }

    [Fact]
    public void No_algorithm_is_weaker_than_the_rules_allow() =>
        SignatureAlgorithm.All.Select(algorithm => algorithm.JoseName).ShouldBe(["Ed25519", "ES256", "ES384", "PS512", "PS256"], ignoreOrder: true);
}
