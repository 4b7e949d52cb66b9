using System.Globalization;
using System.Security.Cryptography;

namespace CorpSecure.Fuzzing.Running;

/// <summary>How long to look, and from which seed. A short run is the same every time; a long one looks elsewhere each time.</summary>
/// <param name="Iterations">Null: until the time is up.</param>
public sealed record FuzzBudget(long? Iterations, TimeSpan Time, ulong Seed)
{
    private const ulong FixedSeed = 20261124;

    /// <summary>By <c>CORPSECURE_FUZZ</c>, a number of iterations or a time for each target, and <c>CORPSECURE_FUZZ_SEED</c>.</summary>
    public static FuzzBudget For(FuzzTarget target)
    {
        var seed = Environment.GetEnvironmentVariable("CORPSECURE_FUZZ_SEED");
        return Environment.GetEnvironmentVariable("CORPSECURE_FUZZ") switch
        {
            null or "" => new(target.Iterations, Timeout.InfiniteTimeSpan, Parse(seed) ?? FixedSeed),
            var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) =>
                new(iterations, Timeout.InfiniteTimeSpan, Parse(seed) ?? Fresh()),
            var text => new(null, TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture), Parse(seed) ?? Fresh()),
        };
    }

    private static ulong? Parse(string? seed) => seed is null or "" ? null : ulong.Parse(seed, NumberStyles.None, CultureInfo.InvariantCulture);

    private static ulong Fresh() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
}
