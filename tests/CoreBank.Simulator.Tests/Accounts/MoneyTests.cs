using CoreBank.Simulator.Accounts;

namespace CoreBank.Simulator.Tests.Accounts;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("1250.00", "EUR", 125000, "1250.00")]
    [InlineData("1250", "EUR", 125000, "1250.00")]
    [InlineData("0.5", "EUR", 50, "0.50")]
    [InlineData("0.01", "CNY", 1, "0.01")]
    [InlineData("1250", "JPY", 1250, "1250")]
    [InlineData("1.005", "KWD", 1005, "1.005")]
    [InlineData("999999999999.999", "KWD", 999999999999999, "999999999999.999")]
    public void Decimal_text_is_read_exactly(string text, string currency, long minor, string written)
    {
        Money.TryParse(text, Currency.Of(currency), out var money).ShouldBeTrue();
        (money.Minor, money.ToString()).ShouldBe((minor, written));
    }

    [Theory]
    [InlineData("", "EUR")]
    [InlineData(".5", "EUR")]
    [InlineData("5.", "EUR")]
    [InlineData("1.001", "EUR")]
    [InlineData("1.0", "JPY")]
    [InlineData("-1", "EUR")]
    [InlineData("+1", "EUR")]
    [InlineData("01", "EUR")]
    [InlineData("1e3", "EUR")]
    [InlineData("1,5", "EUR")]
    [InlineData(" 1", "EUR")]
    [InlineData("1.0.0", "EUR")]
    [InlineData("１", "EUR")]
    [InlineData("1000000000000", "EUR")]
    public void Anything_else_is_no_amount(string text, string currency) =>
        Money.TryParse(text, Currency.Of(currency), out _).ShouldBeFalse();

    [Theory]
    [InlineData("DE89370400440532013000", true)]
    [InlineData("GB29NWBK60161331926819", true)]
    [InlineData("DE88370400440532013000", false)]
    [InlineData("DE8937040044053201300O", false)]
    [InlineData("de89370400440532013000", false)]
    [InlineData("DE89", false)]
    public void Check_digits_of_an_iban_are_checked(string text, bool valid) => Iban.IsValid(text).ShouldBe(valid);
}
