using System.Globalization;

namespace CoreBank.Simulator.Accounts;

/// <summary>An amount, counted in the minor unit of its currency. It never passes through floating point.</summary>
public readonly record struct Money(long Minor, Currency Currency)
{
    private const int MostWholeDigits = 12;

    /// <summary>Reads decimal text: no sign, no exponent, no leading zero, no more decimals than the currency has.</summary>
    public static bool TryParse(string text, Currency currency, out Money money)
    {
        money = new Money(0, currency);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text.AsSpan() : text.AsSpan(0, point);
        var fraction = point < 0 ? [] : text.AsSpan(point + 1);
        if (whole.Length is 0 or > MostWholeDigits || (whole.Length > 1 && whole[0] == '0'))
            return false;
        if (point >= 0 && (fraction.Length == 0 || fraction.Length > currency.MinorDigits))
            return false;
        if (whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9'))
            return false;

        var minor = long.Parse(whole, NumberStyles.None, CultureInfo.InvariantCulture);
        for (var digit = 0; digit < currency.MinorDigits; digit++)
            minor = minor * 10 + (digit < fraction.Length ? fraction[digit] - '0' : 0);
        money = new Money(minor, currency);
        return true;
    }

    /// <summary>Decimal text with exactly the decimals of the currency, such as <c>-1250.00</c>.</summary>
    public override string ToString()
    {
        if (Currency.MinorDigits == 0)
            return Minor.ToString(CultureInfo.InvariantCulture);
        var scale = 1L;
        for (var digit = 0; digit < Currency.MinorDigits; digit++)
            scale *= 10;
        var (whole, rest) = Math.DivRem(Math.Abs(Minor), scale);
        var fraction = rest.ToString(CultureInfo.InvariantCulture).PadLeft(Currency.MinorDigits, '0');
        return string.Create(CultureInfo.InvariantCulture, $"{(Minor < 0 ? "-" : "")}{whole}.{fraction}");
    }
}
