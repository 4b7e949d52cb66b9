using CorpSecure.Identity.Factors;
using CorpSecure.Identity.Hosting;
using CorpSecure.Identity.Storage;
using Microsoft.AspNetCore.Identity;

namespace CorpSecure.Identity.Users;

public static class UsersModule
{
    public static IServiceCollection AddUsers(this IServiceCollection services, IdentityKeys keys, SignInLimits limits)
    {
        services.AddIdentityCore<BankUser>(options =>
        {
            options.User.AllowedUserNameCharacters = null!; // names may be in any script; the document's validator sets the bounds
            options.Password = new PasswordOptions { RequiredLength = 12, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false };
        }).AddEntityFrameworkStores<IdentityStore>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = limits.PasswordIterations);
        services.AddSingleton<IPasswordHasher<BankUser>, PasswordHasher<BankUser>>();
        services.AddSingleton(limits);
        services.AddSingleton(new TotpSecretCipher(keys.TotpSecrets, keys.OtherTotpSecrets));
        services.AddSingleton<PasswordCheck>();
        services.AddScoped<AttemptCounter>();
        services.AddScoped<TotpFactor>();
        services.AddScoped<FactorJudge>();
        return services;
    }
}
