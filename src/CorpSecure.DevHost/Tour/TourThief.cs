using CorpSecure.DevHost.Demo;
using CorpSecure.Protocol.Signatures;

namespace CorpSecure.DevHost.Tour;

/// <summary>Somebody who has got hold of a good token, or of a whole request, but not of the key that the token is bound to.</summary>
internal sealed class TourThief(TourClient client, DemoDocument demo)
{
    public IEnumerable<TourScene> Scenes(TourPerson victim, CancellationToken cancellation)
    {
        var address = demo.Addresses.Gateway + "/corporate/v1/accounts";
        async Task<TourAnswer> WithKey(SigningKey? key)
        {
            var stolen = (await victim.CallerAsync(cancellation)).Token;
            return await client.SendAsync(await client.ReadAsync(address, new TourCaller(stolen, key), cancellation), cancellation);
        }

        TourRequest? captured = null;
        yield return new("a stolen token, sent as Bearer", Expected.Refused(401, "token.binding"), () => WithKey(null));
        yield return new("a stolen token, with the thief's own key", Expected.Refused(401, "token.binding"), async () =>
        {
            using var own = SigningKey.Generate("thief");
            return await WithKey(own);
        });
        yield return new("a read, captured on its way", Expected.Forwarded(200), async () =>
            await client.SendAsync(captured = await client.ReadAsync(address, await victim.CallerAsync(cancellation), cancellation), cancellation));
        yield return new("the captured token and proof, replayed", Expected.Refused(401, "dpop.replayed", "dpop.invalid"), () => client.SendAsync(captured!, cancellation));
        yield return new("the captured proof, for another request", Expected.Refused(401, "dpop.target", "dpop.invalid"), () =>
        {
            var other = new TourRequest(HttpMethod.Get, address + "/acc-acme-001");
            foreach (var (name, value) in captured!.Headers)
                other.Headers[name] = value;
            return client.SendAsync(other, cancellation);
        });
    }
}
