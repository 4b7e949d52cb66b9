using System.Buffers;
using System.Globalization;
using CoreBank.Simulator.Accounts;
using CoreBank.Simulator.Hosting;

namespace CoreBank.Simulator.Payments;

/// <summary>Reads a request into an order, or says which rule it breaks.</summary>
public sealed class PaymentRules(TimeProvider time)
{
    private const int LongestName = 140;
    private const int LongestReference = 140;
    private const int FurthestExecution = 366;
    private static readonly SearchValues<char> s_lettersAndDigits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private static readonly Problem s_account = Problems.UnknownAccount;
    private static readonly Problem s_currency = new(422, "payment.currency-unknown", "The currency is not one of this bank.");
    private static readonly Problem s_mismatch = new(422, "payment.currency-mismatch", "The debtor account is held in another currency.");
    private static readonly Problem s_amount = new(422, "payment.amount-invalid", "The amount is decimal text above zero with no more decimals than its currency has.");
    private static readonly Problem s_name = new(422, "payment.creditor-name-invalid", "The creditor's name is 1 to 140 printable characters.");
    private static readonly Problem s_number = new(422, "payment.creditor-account-invalid", "The creditor's account is neither an IBAN with right check digits nor an account number.");
    private static readonly Problem s_bank = new(422, "payment.creditor-bank-invalid", "The creditor's bank is not a BIC.");
    private static readonly Problem s_reference = new(422, "payment.reference-invalid", "The reference is 1 to 140 printable characters.");
    private static readonly Problem s_date = new(422, "payment.execution-date-invalid", "The execution date is a day from today, at most a year ahead.");

    public (PaymentOrder? Order, Problem? Problem) Read(PaymentRequest request, CorporateClient client)
    {
        if (client.Find(request.DebtorAccount) is not { } debtor)
            return (null, s_account);
        if (!Currency.TryFind(request.Currency, out var currency))
            return (null, s_currency);
        if (!Money.TryParse(request.Amount, currency, out var amount) || amount.Minor == 0)
            return (null, s_amount);
        if (currency != debtor.Currency)
            return (null, s_mismatch);
        if (CreditorFault(request.Creditor) is { } fault)
            return (null, fault);
        if (!IsText(request.Reference, LongestReference))
            return (null, s_reference);
        if (!TryReadDate(request.RequestedExecutionDate, out var date))
            return (null, s_date);
        return (new PaymentOrder(
            debtor, amount, request.Creditor.Name, request.Creditor.Account, request.Creditor.Bank, request.Reference, date), null);
    }

    private static Problem? CreditorFault(CreditorRequest creditor)
    {
        if (!IsText(creditor.Name, LongestName))
            return s_name;
        if (!IsAccountNumber(creditor.Account))
            return s_number;
        return creditor.Bank is null || IsBic(creditor.Bank) ? null : s_bank;
    }

    private static bool IsText(string text, int longest) =>
        text.Length > 0 && text.Length <= longest && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl);

    private static bool IsAccountNumber(string text) => Iban.LooksLikeOne(text)
        ? Iban.IsValid(text)
        : text.Length is >= 5 and <= 34 && !text.AsSpan().ContainsAnyExcept(s_lettersAndDigits);

    private static bool IsBic(string text) => text.Length is 8 or 11 && !text.AsSpan().ContainsAnyExcept(s_lettersAndDigits);

    private bool TryReadDate(string? text, out DateOnly? date)
    {
        date = null;
        if (text is null)
            return true;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return false;
        // It is still yesterday somewhere: the caller's calendar may be behind ours by a day.
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        date = day;
        return day >= today.AddDays(-1) && day <= today.AddDays(FurthestExecution);
    }
}
