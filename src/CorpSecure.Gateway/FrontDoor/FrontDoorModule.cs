using System.IO.Pipelines;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace CorpSecure.Gateway.FrontDoor;

public static class FrontDoorModule
{
    /// <summary>Between TLS and the server's parser: HTTP/1 only, since HTTP/2 frames its messages itself.</summary>
    public static ListenOptions UseFrontDoor(this ListenOptions options)
    {
        options.Use(next => connection =>
        {
            var protocol = connection.Features.Get<ITlsApplicationProtocolFeature>()?.ApplicationProtocol ?? default;
            if (!protocol.Span.SequenceEqual(SslApplicationProtocol.Http2.Protocol.Span))
                connection.Transport = new ScannedTransport(new ScannedReader(connection.Transport.Input), connection.Transport.Output);
            return next(connection);
        });
        return options;
    }

    private sealed record ScannedTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
