using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace CorpSecure.Client.Tests.Fakes;

/// <summary>Authorization requests that were handed in beforehand, each with the key whose proof came along.</summary>
public sealed class PushedRequests
{
    private const string Prefix = "urn:ietf:params:oauth:request_uri:";

    private readonly ConcurrentDictionary<string, (Dictionary<string, string> Parameters, string Thumbprint)> _byHandle = new();

    public ConcurrentQueue<Dictionary<string, string>> Received { get; } = new();

    public string Keep(Dictionary<string, string> parameters, string thumbprint)
    {
        Received.Enqueue(parameters);
        var handle = Prefix + Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _byHandle[handle] = (parameters, thumbprint);
        return handle;
    }

    public bool TryFind(string handle, out Dictionary<string, string> parameters, out string thumbprint)
    {
        var found = _byHandle.TryGetValue(handle, out var kept);
        (parameters, thumbprint) = found ? kept : ([], "");
        return found;
    }
}
