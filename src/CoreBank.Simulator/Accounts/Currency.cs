using System.Diagnostics.CodeAnalysis;

namespace CoreBank.Simulator.Accounts;

/// <summary>A currency of ISO 4217 and the digits of its minor unit: two for the euro, none for the yen.</summary>
public sealed record Currency(string Code, int MinorDigits)
{
    private static readonly Dictionary<string, Currency> s_known = new[]
    {
        new Currency("CHF", 2), new Currency("CNY", 2), new Currency("DKK", 2), new Currency("EUR", 2), new Currency("GBP", 2),
        new Currency("HKD", 2), new Currency("JPY", 0), new Currency("KWD", 3), new Currency("NOK", 2), new Currency("SEK", 2), new Currency("USD", 2),
    }.ToDictionary(currency => currency.Code, StringComparer.Ordinal);

    public static Currency Of(string code) => s_known[code];

    public static bool TryFind(string code, [NotNullWhen(true)] out Currency? currency) => s_known.TryGetValue(code, out currency);
}
