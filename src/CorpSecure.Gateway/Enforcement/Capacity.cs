using CorpSecure.Core.Inputs;
using CorpSecure.Gateway.Hosting;

namespace CorpSecure.Gateway.Enforcement;

/// <summary>How many requests of the API are under way. Beyond its bound new ones are refused, so that those under way are finished.</summary>
/// <remarks>The ops API is not counted: its readers wait for news, and staff must see what goes on when it is busy.</remarks>
public sealed class Capacity(GatewaySection settings)
{
    private int used;

    public bool TryEnter(Listener listener)
    {
        if (listener != Listener.Api || Interlocked.Increment(ref used) <= settings.MaxConcurrentRequests)
            return true;
        Interlocked.Decrement(ref used);
        return false;
    }

    public void Leave(Listener listener)
    {
        if (listener == Listener.Api)
            Interlocked.Decrement(ref used);
    }
}
