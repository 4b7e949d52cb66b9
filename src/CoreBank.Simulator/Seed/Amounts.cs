using CoreBank.Simulator.Accounts;

namespace CoreBank.Simulator.Seed;

/// <summary>Amounts of a usual size: a yen is worth about a hundredth of the other units.</summary>
public static class Amounts
{
    public static long Minor(Currency currency, long units, SeedSequence sequence)
    {
        var minor = units * (currency.MinorDigits == 0 ? 100 : 1);
        for (var digit = 0; digit < currency.MinorDigits; digit++)
            minor = minor * 10 + sequence.Between(0, 9);
        return minor;
    }
}
