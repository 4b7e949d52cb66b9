using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Certificates;

public static class CertificatesModule
{
    public static IServiceCollection AddCertificates(this IServiceCollection services)
    {
        services.AddSingleton<CertificateStore>();
        services.AddSingleton<ClientCertificates>();
        services.AddSingleton<RefusedCertificates>();
        services.AddSingleton<FileReloader>();
        services.AddHostedService(provider => provider.GetRequiredService<FileReloader>());
        return services;
    }
}
