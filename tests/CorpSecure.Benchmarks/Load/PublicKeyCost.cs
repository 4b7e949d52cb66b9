using System.Diagnostics;
using System.Security.Cryptography;

namespace CorpSecure.Benchmarks.Load;

/// <summary>What one ES256 signature and one verification cost here and now, with no product around them.</summary>
internal readonly record struct PublicKeyCost(double SignMicroseconds, double VerifyMicroseconds)
{
    private const int Count = 2000;

    public static PublicKeyCost Measure()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var hash = SHA256.HashData("a request"u8);
        var signature = key.SignHash(hash);
        return new PublicKeyCost(
            Time(() => key.SignHash(hash)),
            Time(() =>
            {
                if (!key.VerifyHash(hash, signature))
                    throw new CryptographicException("its own signature");
            }));
    }

    private static double Time(Action operation)
    {
        for (var i = 0; i < Count / 10; i++)
            operation();
        var own = Process.GetCurrentProcess();
        var before = own.TotalProcessorTime;
        for (var i = 0; i < Count; i++)
            operation();
        own.Refresh();
        return (own.TotalProcessorTime - before).TotalMicroseconds / Count;
    }
}
