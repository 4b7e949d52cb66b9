namespace CoreBank.Simulator.Tests.Payments;

public static class PaymentBody
{
    public static string With(
        string debtor = "acc-acme-001", string amount = "1250.00", string currency = "EUR",
        string creditor = """{"name":"Brückner Werkzeugbau GmbH","account":"DE89370400440532013000"}""", string reference = "INV-1", string more = "") =>
        $$"""{"debtorAccount":"{{debtor}}","creditor":{{creditor}},"amount":"{{amount}}","currency":"{{currency}}","reference":"{{reference}}"{{more}}}""";
}
