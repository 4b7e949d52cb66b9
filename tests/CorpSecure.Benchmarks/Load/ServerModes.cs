using System.CommandLine;
using CorpSecure.DevHost.Pki;

namespace CorpSecure.Benchmarks.Load;

/// <summary>The servers that this program starts from itself, as hidden commands.</summary>
internal static class ServerModes
{
    public const string Core = "serve-core";
    public const string Proxy = "serve-proxy";

    private static readonly Option<int> Port = new("--port");
    private static readonly Option<int> CorePort = new("--core");
    private static readonly Option<string> Certificate = new("--certificate");
    private static readonly Option<string> Key = new("--key");
    private static readonly Option<string> ClientCertificate = new("--client-certificate");
    private static readonly Option<string> ClientKey = new("--client-key");
    private static readonly Option<string> Authority = new("--ca");

    public static IEnumerable<Command> All()
    {
        var core = new Command(Core) { Port, Certificate, Key, ClientCertificate, ClientKey, Authority };
        core.Hidden = true;
        core.SetAction((parsed, _) => SampleCore.RunAsync(parsed.GetValue(Port), Server(parsed), parsed.GetValue(Authority)!));
        var proxy = new Command(Proxy) { Port, CorePort, Certificate, Key, ClientCertificate, ClientKey, Authority };
        proxy.Hidden = true;
        proxy.SetAction((parsed, _) => BareProxy.RunAsync(
            parsed.GetValue(Port),
            parsed.GetValue(CorePort),
            Server(parsed),
            new PemFiles(parsed.GetValue(ClientCertificate)!, parsed.GetValue(ClientKey)!),
            parsed.GetValue(Authority)!));
        return [core, proxy];
    }

    private static PemFiles Server(ParseResult parsed) => new(parsed.GetValue(Certificate)!, parsed.GetValue(Key)!);
}
