namespace CorpSecure.Identity.Hosting;

/// <summary>Section <c>SignIn</c>: the numbers the rules demand, as defaults.</summary>
public sealed record SignInLimits
{
    /// <summary>Failed attempts in a row, across factors and addresses, before the lock (RTS Art. 4(3)(b)).</summary>
    public int Attempts { get; init; } = 5;

    public TimeSpan Lockout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>RTS Art. 4(3)(d).</summary>
    public TimeSpan IdleSession { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan AbsoluteSession { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Between the password page and the code page.</summary>
    public TimeSpan PendingSignIn { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Form posts and token requests of one address; IPv6 counts by /64.</summary>
    public int PostsPerMinute { get; init; } = 600;

    /// <summary>PBKDF2-SHA512.</summary>
    public int PasswordIterations { get; init; } = 210_000;

    internal static SignInLimits Read(SettingsReader reader)
    {
        var fallback = new SignInLimits();
        return new SignInLimits
        {
            Attempts = reader.Number("SignIn:Attempts", fallback.Attempts, 1, 5),
            Lockout = reader.Duration("SignIn:Lockout", fallback.Lockout, TimeSpan.FromMinutes(30), TimeSpan.FromDays(1)),
            IdleSession = reader.Duration("SignIn:IdleSession", fallback.IdleSession, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(15)),
            AbsoluteSession = reader.Duration("SignIn:AbsoluteSession", fallback.AbsoluteSession, TimeSpan.FromMinutes(5), TimeSpan.FromHours(12)),
            PendingSignIn = reader.Duration("SignIn:PendingSignIn", fallback.PendingSignIn, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10)),
            PostsPerMinute = reader.Number("SignIn:PostsPerMinute", fallback.PostsPerMinute, 1, 1_000_000),
            PasswordIterations = reader.Number("SignIn:PasswordIterations", fallback.PasswordIterations, 210_000, 10_000_000),
        };
    }
}
