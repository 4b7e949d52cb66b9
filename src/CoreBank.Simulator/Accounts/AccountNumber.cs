namespace CoreBank.Simulator.Accounts;

/// <summary>How an account is named outside this bank: an IBAN, or the local number where there are no IBANs.</summary>
public sealed record AccountNumber(string Value, string Scheme, string Bank)
{
    public const string IbanScheme = "iban";
    public const string LocalScheme = "local";
}
