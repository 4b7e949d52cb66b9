using CorpSecure.Identity.Hosting;
using FluentValidation;
using FluentValidation.AspNetCore;

namespace CorpSecure.Identity.Pages;

public static class PagesModule
{
    public static IServiceCollection AddPages(this IServiceCollection services, Realm realm)
    {
        services.AddRazorPages();
        services.AddFluentValidationAutoValidation(options => options.DisableDataAnnotationsValidation = true);
        services.AddScoped<IValidator<SignInModel>, SignInModelValidator>();
        services.AddScoped<IValidator<CodeModel>, CodeModelValidator>();
        services.AddScoped<SignInCompletion>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = $"__Host-corpsecure-{realm.Name()}-form";
            options.Cookie.Path = "/";
            options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.SuppressXFrameOptionsHeader = true; // frame-ancestors says it
            options.HeaderName = null;
        });
        return services;
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapRazorPages();
        app.MapGet("/assets/identity.css", static (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=3600";
            return Results.Stream(typeof(PagesModule).Assembly.GetManifestResourceStream("identity.css")!, "text/css; charset=utf-8");
        });
    }
}
