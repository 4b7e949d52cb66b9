using System.Globalization;
using FluentValidation;

namespace CorpSecure.Identity.Consent;

/// <summary>One payment that a client asks to be allowed to initiate (RFC 9396), in the words of the payment itself.</summary>
public sealed record PaymentInitiation
{
    public const string TypeName = "payment_initiation";

    public required string Type { get; init; }

    public required string DebtorAccount { get; init; }

    public required PaymentCreditor Creditor { get; init; }

    /// <summary>Decimal text, as in the payment: never a number that somebody rounds.</summary>
    public required string Amount { get; init; }

    public required string Currency { get; init; }

    public required string Reference { get; init; }
}

public sealed record PaymentCreditor
{
    public required string Name { get; init; }

    public required string Account { get; init; }

    /// <summary>A BIC.</summary>
    public string? Bank { get; init; }
}

public sealed class PaymentInitiationValidator : AbstractValidator<PaymentInitiation>
{
    private const int LongestText = 140;
    private const string Account = @"^[A-Za-z0-9][A-Za-z0-9-]{0,39}\z";

    public PaymentInitiationValidator()
    {
        RuleFor(payment => payment.Type).Equal(PaymentInitiation.TypeName);
        RuleFor(payment => payment.DebtorAccount).NotNull().Matches(Account);
        RuleFor(payment => payment.Amount).NotNull().Matches(@"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})?\z").Must(amount => amount?.Any(digit => digit is >= '1' and <= '9') == true);
        RuleFor(payment => payment.Currency).NotNull().Matches(@"^[A-Z]{3}\z");
        RuleFor(payment => payment.Reference).Must(IsPlainText);
        RuleFor(payment => payment.Creditor).NotNull().ChildRules(creditor =>
        {
            creditor.RuleFor(c => c.Name).Must(IsPlainText);
            creditor.RuleFor(c => c.Account).NotNull().Matches(Account);
            creditor.RuleFor(c => c.Bank).Matches(@"^[A-Z0-9]{8}([A-Z0-9]{3})?\z");
        });
    }

    // A person approves what they read: nothing may turn its direction, hide in it or break its line.
    private static bool IsPlainText(string? text) =>
        text is { Length: > 0 and <= LongestText } && text.Trim() == text && text.EnumerateRunes().All(rune => Rune(rune.Value));

    private static bool Rune(int value) => CharUnicodeInfo.GetUnicodeCategory(value) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned) && value != 0xFFFD;
}
