using System.Buffers.Text;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using CoreBank.Simulator.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CoreBank.Simulator.Tests.Hosting;

/// <summary>A core on free ports, reached over real mTLS, with a clock the test sets.</summary>
public sealed class Core : IAsyncDisposable
{
    public const string KeyId = "gateway-1";
    public const string Token = "a-control-token-for-tests";

    private static readonly TestPki s_pki = new("Test CA");
    private static readonly X509Certificate2 s_server = s_pki.Issue("core", TestPki.ServerUse);
    private static readonly X509Certificate2 s_gateway = s_pki.Issue("gateway", TestPki.ClientUse);

    private Core(SimulatorHost host, FakeTimeProvider clock, string folder)
    {
        (Host, Clock, Folder) = (host, clock, folder);
        Client = ClientWith(s_gateway);
        Control = ClientWith(null, host.ControlAddress);
        Control.DefaultRequestHeaders.Authorization = new("Bearer", Token);
    }

    public static TestPki Pki => s_pki;

    public static ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public SimulatorHost Host { get; }

    public FakeTimeProvider Clock { get; }

    public string Folder { get; }

    public HttpClient Client { get; }

    public HttpClient Control { get; }

    public static async Task<Core> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("core-").FullName;
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
        return new Core(await SimulatorHost.StartAsync(Options(folder), clock), clock, folder);
    }

    public static SimulatorOptions Options(string folder)
    {
        string Write(string name, string text)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
            return Path.Combine(folder, name);
        }

        var point = Key.ExportParameters(false).Q;
        var jwks = $$"""{"keys":[{"kty":"EC","crv":"P-256","kid":"{{KeyId}}","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}]}""";
        return new SimulatorOptions
        {
            Listener = new MainListenerOptions
            {
                Port = 0,
                CertificateFile = Write("core.pem", s_server.ExportCertificatePem()),
                KeyFile = Write("core.key", s_server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()),
                ClientCaFile = Write("ca.pem", s_pki.Ca.ExportCertificatePem()),
            },
            Control = new ControlOptions { Port = 0, Token = Token },
            Assertion = new AssertionOptions { JwksFile = Write("jwks.json", jwks) },
            CallLog = new CallLogOptions { File = Path.Combine(folder, "calls.jsonl") },
        };
    }

    public HttpClient ClientWith(X509Certificate2? certificate, Uri? address = null)
    {
        var handler = new SocketsHttpHandler { SslOptions = TlsWith(certificate) };
        return new HttpClient(handler) { BaseAddress = address ?? Host.Address, DefaultRequestVersion = HttpVersion.Version20, Timeout = TimeSpan.FromSeconds(20) };
    }

    private static SslClientAuthenticationOptions TlsWith(X509Certificate2? certificate)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(s_pki.Ca);
        return new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = policy,
            ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
        };
    }

    public Assertion AssertionFor(HttpMethod method, string target, string body = "", string client = "acme") =>
        Assertion.For(method.Method, target, Encoding.UTF8.GetBytes(body), Clock.GetUtcNow(), client, Key);

    public Task<Answer> GetAsync(string target, string client = "acme") => SendAsync(HttpMethod.Get, target, client: client);

    public Task<Answer> PayAsync(string body, string? key, string client = "acme") =>
        SendAsync(HttpMethod.Post, "/corporate/v1/payments", body, key, client);

    public Task<Answer> SendAsync(HttpMethod method, string target, string body = "", string? key = null, string client = "acme") =>
        SendWithAsync(method, target, body, key, AssertionFor(method, target, body, client).ToCompact());

    public async Task<Answer> SendWithAsync(HttpMethod method, string target, string body, string? key, params string[] assertions)
    {
        using var request = new HttpRequestMessage(method, target) { Version = Client.DefaultRequestVersion };
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        foreach (var assertion in assertions)
            request.Headers.TryAddWithoutValidation("Corpsecure-Assertion", assertion);
        using var response = await Client.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    /// <summary>Sends a request head line by line, as no HTTP client would, and returns the status line.</summary>
    public async Task<string?> SendLinesAsync(IEnumerable<string> lines)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Host.Address.Port);
        await using var stream = new SslStream(socket.GetStream());
        var options = TlsWith(s_gateway);
        options.TargetHost = "localhost";
        await stream.AuthenticateAsClientAsync(options);
        var head = string.Join("\r\n", [.. lines, "Host: localhost", "Connection: close", "", ""]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Control.Dispose();
        await Host.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

public sealed record Answer(HttpStatusCode Status, string Text, string? Location, bool Replay, string? MediaType)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Code => (string?)Json["code"];

    public static async Task<Answer> OfAsync(HttpResponseMessage response) => new(
        response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location?.ToString(),
        response.Headers.TryGetValues("Idempotent-Replay", out var replay) && replay.Single() == "true",
        response.Content.Headers.ContentType?.MediaType);
}
