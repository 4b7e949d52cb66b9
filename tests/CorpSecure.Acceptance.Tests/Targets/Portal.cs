using CorpSecure.Client;
using CorpSecure.Client.StepUp;
using CorpSecure.DevHost.Demo;
using CorpSecure.DevHost.Tour;
using CorpSecure.Protocol.Signatures;
using Microsoft.Extensions.DependencyInjection;

namespace CorpSecure.Acceptance.Tests.Targets;

/// <summary>An <see cref="HttpClient"/> made by the SDK, as a portal or a console has one.</summary>
internal sealed class Portal : IDisposable
{
    private readonly ServiceProvider services;

    public Portal(DemoDocument demo, string address, TourPerson person, string? signingKey = null, StepUpSignIn? stepUp = null)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddHttpClient("portal").AddCorpSecure(options =>
        {
            options.Gateway = new Uri(address);
            options.CaFile = demo.CaFile;
            options.AccessToken = person.Tokens.GetAsync;
            options.DpopKey = person.DpopKey;
            options.StepUp = stepUp;
            options.SigningKey = demo.SigningKeys.Where(key => key.KeyId == signingKey).Select(key => SigningKey.FromPem(key.KeyId, File.ReadAllText(key.File))).SingleOrDefault();
        });
        services = collection.BuildServiceProvider();
        Http = services.GetRequiredService<IHttpClientFactory>().CreateClient("portal");
    }

    public HttpClient Http { get; }

    public void Dispose() => services.Dispose();
}
