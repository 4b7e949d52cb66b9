namespace CorpSecure.Identity.Sessions;

/// <summary>Assurance levels as tokens carry them.</summary>
public static class Acr
{
    public const string Password = "urn:corpsecure:acr:pwd";
    public const string TwoFactors = "urn:corpsecure:acr:mfa";
    public const string Client = "urn:corpsecure:acr:client";

    /// <summary>RFC 8176 values of how it was reached.</summary>
    public static IReadOnlyList<string> MethodsOf(string acr) => acr switch
    {
        Password => ["pwd"],
        TwoFactors => ["pwd", "otp"],
        Client => ["swk"],
        _ => throw new ArgumentOutOfRangeException(nameof(acr), acr, "unknown assurance level"),
    };

    public static bool Suffices(string reached, string demanded) => reached == demanded || reached == TwoFactors;

    /// <summary>What a request demands: one factor only where it asks for nothing else.</summary>
    public static string Demanded(IReadOnlyCollection<string> acrValues) =>
        acrValues.Count > 0 && acrValues.All(value => value == Password) ? Password : TwoFactors;
}
