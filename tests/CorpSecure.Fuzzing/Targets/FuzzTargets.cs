using CorpSecure.Fuzzing.Running;

namespace CorpSecure.Fuzzing.Targets;

public static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        FieldTarget.Create(), MessageTarget.Create(), DigestTarget.Create(), PathTarget.Create(), JsonTarget.Create(),
        TokenTargets.Compact(), TokenTargets.Claims(), PolicyTarget.Create(), AddressTarget.Create(), FramingTarget.Create(),
    ];

    public static FuzzTarget Named(string name) => All.Single(target => target.Name == name);
}
