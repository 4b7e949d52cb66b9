using CorpSecure.Identity.Hosting;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CorpSecure.Identity.Pages;

public static class PagesModule
{
    public static IServiceCollection AddPages(this IServiceCollection services, Realm realm)
    {
        services.AddRazorPages();
        services.AddFluentValidationAutoValidation(options => options.DisableDataAnnotationsValidation = true);
        services.AddScoped<IValidator<SignInForm>, SignInFormValidator>();
        services.AddScoped<IValidator<CodeForm>, CodeFormValidator>();
        services.AddScoped<SignInCompletion>();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = $"__Host-corpsecure-{realm.Name()}-form";
            options.Cookie.Path = "/";
            options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            options.Cookie.SameSite = SameSiteMode.Lax; // with Strict, a second tab opened from the portal would void the form of the first
            options.SuppressXFrameOptionsHeader = true; // frame-ancestors says it
            options.HeaderName = null;
        });
        return services;
    }

    public static string? FirstError(this ModelStateDictionary state, string field) =>
        state.TryGetValue(field, out var entry) ? entry.Errors.FirstOrDefault()?.ErrorMessage : null;

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
