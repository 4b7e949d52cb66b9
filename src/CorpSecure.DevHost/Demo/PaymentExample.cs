namespace CorpSecure.DevHost.Demo;

/// <summary>A payment that anna.keller may make.</summary>
internal static class PaymentExample
{
    public static object Make() => new
    {
        debtorAccount = "acc-acme-001",
        creditor = new { name = "Nordwind Shipping AB", account = "SE4550000000058398257466" },
        amount = "1250.00",
        currency = "EUR",
        reference = "INV-1",
    };
}
