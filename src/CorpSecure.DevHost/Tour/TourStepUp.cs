using System.Globalization;
using System.Text.RegularExpressions;

namespace CorpSecure.DevHost.Tour;

/// <summary>A maker who signed in by password only pays: first as a client that knows no step-up, then with <c>corpsec</c>, which does.</summary>
internal sealed partial class TourStepUp(TourClient client, TourSignIn signIn, TourPerson maker)
{
    public const string Username = "erik.lund";

    private const string SigningKey = "erik-1";
    private const string Account = "acc-nordwind-001";
    private const string Currency = "SEK";

    public IEnumerable<TourScene> Scenes(CancellationToken cancellation)
    {
        yield return new("payment after a password only", Expected.Challenged("acr.insufficient"), async () => await client.SendAsync(
            await client.PaymentAsync(await maker.CallerAsync(cancellation), SigningKey, cancellation, Account, Currency), cancellation));
        yield return new("the same user's corpsec signs in anew and pays", Expected.Forwarded(201), () => PayAsync(cancellation));
    }

    private async Task<TourAnswer> PayAsync(CancellationToken cancellation)
    {
        var told = await signIn.CorpsecAsync(
            maker.Home, cancellation, "curl", "POST", "/corporate/v1/payments", "--include", "-d", TourClient.PaymentBody(Account, Currency));
        var answer = Answer().Match(told);
        return answer.Success && told.Contains("Signing in again", StringComparison.Ordinal)
            ? new TourAnswer(int.Parse(answer.Groups["status"].ValueSpan, CultureInfo.InvariantCulture), null, Guid.Parse(answer.Groups["decision"].ValueSpan))
            : throw new InvalidOperationException($"corpsec paid without a new sign-in, or told no decision:\n{told}");
    }

    [GeneratedRegex(@"^HTTP/\S+ (?<status>\d{3}).*?^Corpsecure-Decision-Id: (?<decision>\S+)", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Answer();
}
