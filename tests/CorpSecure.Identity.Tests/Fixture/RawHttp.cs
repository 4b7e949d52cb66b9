using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace CorpSecure.Identity.Tests.Fixture;

/// <summary>Sends what HttpClient would put right, such as one field on two lines.</summary>
public static class RawHttp
{
    public static async Task<TokenAnswer> PostAsync(IdentityFixture fixture, string path, Dictionary<string, string> parameters, params (string Name, string Value)[] fields)
    {
        parameters.TryAdd("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        var body = await new FormUrlEncodedContent(parameters).ReadAsStringAsync();
        var at = fixture.Corporate.Address;
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, at.Port);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = fixture.Authority.Policy });
        var lines = string.Concat(fields.Select(field => $"{field.Name}: {field.Value}\r\n"));
        await tls.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.0\r\nHost: {at.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n{lines}\r\n{body}"));
        using var reader = new StreamReader(tls);
        var answer = await reader.ReadToEndAsync();
        var parts = answer.Split("\r\n\r\n", 2);
        using var response = new HttpResponseMessage((HttpStatusCode)int.Parse(parts[0].Split(' ')[1])) { Content = new StringContent(parts[1]) };
        return await TokenAnswer.ReadAsync(response);
    }
}
