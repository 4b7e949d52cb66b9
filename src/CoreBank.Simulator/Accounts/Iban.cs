namespace CoreBank.Simulator.Accounts;

/// <summary>Check digits of ISO 13616: the number, rearranged and with letters as numbers, is 1 modulo 97 (ISO 7064).</summary>
public static class Iban
{
    private const int Shortest = 15;
    private const int Longest = 34;

    public static string Compose(string country, string bban)
    {
        var check = 98 - Remainder(bban + country + "00");
        return $"{country}{check:00}{bban}";
    }

    /// <summary>Two letters and two digits in front: it claims to be an IBAN and is judged as one.</summary>
    public static bool LooksLikeOne(string text) =>
        text.Length >= 4 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]) && char.IsAsciiDigit(text[2]) && char.IsAsciiDigit(text[3]);

    public static bool IsValid(string text)
    {
        if (text.Length is < Shortest or > Longest || !LooksLikeOne(text))
            return false;
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterUpper(character) && !char.IsAsciiDigit(character))
                return false;
        }
        return Remainder(text[4..] + text[..4]) == 1;
    }

    private static int Remainder(string text)
    {
        var remainder = 0;
        foreach (var character in text)
        {
            remainder = char.IsAsciiDigit(character)
                ? (remainder * 10 + (character - '0')) % 97
                : (remainder * 100 + (character - 'A' + 10)) % 97;
        }
        return remainder;
    }
}
