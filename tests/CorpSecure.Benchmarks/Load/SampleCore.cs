using System.Security.Cryptography.X509Certificates;
using CorpSecure.DevHost.Pki;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace CorpSecure.Benchmarks.Load;

/// <summary>The server behind every proxy: mutual TLS, and answers of a core's size that cost it next to nothing.</summary>
internal static class SampleCore
{
    private static readonly byte[] Transactions = System.Text.Encoding.ASCII.GetBytes($$"""
        {"transactions":[{{string.Join(',', Enumerable.Range(1, 20).Select(i => $$"""{"id":"tx-{{i:D6}}","amount":"1250.00","currency":"EUR","text":"INV-{{i:D4}}"}"""))}}]}
        """);

    private static readonly byte[] Payment =
        """{"paymentId":"pay-000001","status":"accepted","debtorAccount":"acc-acme-001","amount":"1250.00","currency":"EUR","acceptedAt":"2026-11-24T09:00:00Z"}"""u8.ToArray();

    public static async Task RunAsync(int port, PemFiles server, string authorityFile)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = X509Certificate2.CreateFromPemFile(server.CertificateFile, server.KeyFile);
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.OnAuthenticate = (_, tls) => tls.CertificateChainPolicy = DemoAuthority.TrustOnly(X509CertificateLoader.LoadCertificateFromFile(authorityFile));
        })));
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.RunAsync();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var payment = HttpMethods.IsPost(context.Request.Method);
        if (payment)
            await context.Request.Body.CopyToAsync(Stream.Null);
        var body = payment ? Payment : Transactions;
        context.Response.StatusCode = payment ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }
}
