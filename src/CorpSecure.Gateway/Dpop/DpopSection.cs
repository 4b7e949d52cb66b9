using CorpSecure.Gateway.Hosting;
using FluentValidation;

namespace CorpSecure.Gateway.Dpop;

/// <summary>Section <c>Dpop</c>: proofs that callers hold the key which their token is bound to.</summary>
public sealed class DpopSection
{
    /// <summary>A proof must carry a nonce that a gateway gave, so that none can be made ahead of its time.</summary>
    public bool RequireNonce { get; init; } = true;

    /// <summary>How old a proof may be.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromMinutes(1);

    public static void Check(AbstractValidator<GatewaySettings> settings) =>
        settings.RuleFor(all => all.Dpop.MaximumAge).InclusiveBetween(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5)).OverridePropertyName("Dpop:MaximumAge");
}
