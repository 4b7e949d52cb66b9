using System.Net;
using System.Text;
using CorpSecure.Fuzzing.Running;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Requests;
using static CorpSecure.Fuzzing.Running.FuzzTarget;

namespace CorpSecure.Fuzzing.Targets;

/// <summary>Forwarded addresses: nothing in them throws, a stranger's count for nothing, and what lies left of an untrusted hop neither.</summary>
internal static class AddressTarget
{
    private static readonly string[] Words = [",", ", ", "10.0.0.1", "::1", "::ffff:10.0.0.1", "[::1]:80", "203.0.113.7", "unknown", "_hidden", "0x0a.1", "10.0.0.1:443", "fe80::1%eth0", "\n", " "];

    private static readonly TrustedProxies Proxies = new(new TrustedProxiesSection { Networks = ["10.0.0.0/8"] });

    public static FuzzTarget Create() => new("addresses", 25_000, Words, input => Check(input, Proxies.ClientAddress), input => Check(input, Leftmost));

    private static void Check(byte[] input, Func<HttpContext, IPAddress> client)
    {
        var text = Encoding.Latin1.GetString(input);
        Holds(client(From("192.0.2.1", text)).ToString() == "192.0.2.1", "a stranger's header counts");
        var nearest = client(From("10.0.0.1", text));
        Holds(client(From("10.0.0.1", $"198.51.100.9, {text}, 203.0.113.9")).ToString() == "203.0.113.9", "what is left of a stranger counts");
        Holds(nearest.ToString() == "10.0.0.1" || text.Split(',', '\n').Any(hop => IPAddress.TryParse(hop.Trim(), out _)), "an address out of nowhere");
    }

    private static IPAddress Leftmost(HttpContext context) =>
        IPAddress.TryParse(context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[0], out var address) ? address : context.Connection.RemoteIpAddress!;

    private static DefaultHttpContext From(string remote, string forwardedFor)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(remote) } };
        context.Request.Headers["X-Forwarded-For"] = forwardedFor.Split('\n');
        return context;
    }
}
