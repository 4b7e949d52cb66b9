using System.Collections.Concurrent;
using System.Net.Http.Headers;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Client.Dpop;

/// <summary>The nonce that each origin gave last (RFC 9449 sections 8 and 9). Safe for concurrent use.</summary>
internal sealed class DpopNonceStore
{
    private const int Longest = 512;

    private readonly ConcurrentDictionary<string, string> _byOrigin = new(StringComparer.OrdinalIgnoreCase);

    public string? Of(Uri target) => _byOrigin.GetValueOrDefault(OriginOf(target));

    /// <summary>Keeps the nonce of a response, whatever its status (section 8.2).</summary>
    /// <returns>Whether there was one that can be sent.</returns>
    public bool Learn(Uri target, HttpResponseHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues(HeaderNames.DpopNonce, out var values) || values.Count != 1)
        {
            return false;
        }
        var nonce = values.First();
        if (nonce.Length is 0 or > Longest || !nonce.All(IsNonceCharacter))
        {
            return false;
        }
        _byOrigin[OriginOf(target)] = nonce;
        return true;
    }

    /// <summary>NQCHAR of RFC 6749 appendix A.</summary>
    private static bool IsNonceCharacter(char c) => c is '\x21' or (>= '\x23' and <= '\x5B') or (>= '\x5D' and <= '\x7E');

    private static string OriginOf(Uri target) => $"{target.Scheme}://{target.IdnHost}:{target.Port}";
}
