using CoreBank.Simulator.Accounts;

namespace CoreBank.Simulator.Seed;

/// <summary>Account numbers in the shape of their country, of banks that do not exist.</summary>
public static class AccountNumbers
{
    public static AccountNumber For(string country, SeedSequence sequence) => country switch
    {
        "CN" => Local("6228" + sequence.Digits(15), "CBSICNSH"),
        "HK" => Local(sequence.Digits(12), "CBSIHKHH"),
        "US" => Local(sequence.Digits(10), "CBSIUS33"),
        "JP" => Local(sequence.Digits(7), "CBSIJPJT"),
        _ => new AccountNumber(Iban.Compose(country, Bban(country, sequence)), AccountNumber.IbanScheme, $"CBSI{country}2X"),
    };

    private static AccountNumber Local(string number, string bank) => new(number, AccountNumber.LocalScheme, bank);

    private static string Bban(string country, SeedSequence sequence) => country switch
    {
        "DE" => sequence.Digits(18),
        "AT" => sequence.Digits(16),
        "NL" or "GB" => sequence.Letters(4) + sequence.Digits(country == "NL" ? 10 : 14),
        "SE" => sequence.Digits(20),
        "DK" or "FI" => sequence.Digits(14),
        "NO" => sequence.Digits(11),
        "CH" => sequence.Digits(17),
        "FR" => sequence.Digits(23),
        _ => throw new ArgumentOutOfRangeException(nameof(country), country, "no account number format"),
    };
}
