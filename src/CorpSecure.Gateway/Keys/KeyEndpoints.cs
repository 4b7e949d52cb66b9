using CorpSecure.Core.Checks.Enrolment;
using CorpSecure.Core.Decisions;
using CorpSecure.Core.Policies;
using CorpSecure.Gateway.Enforcement;
using CorpSecure.Gateway.Own;
using CorpSecure.Gateway.Registry;
using CorpSecure.Protocol.Keys;

namespace CorpSecure.Gateway.Keys;

/// <summary>A user's own keys; an administrator of the client also sees and ends those of the client's other users.</summary>
public sealed class KeyEndpoints(KeyStore keys, Policy policy)
{
    private const string ClientAdmin = "client-admin";
    private const int LongestList = 500;

    public IEnumerable<OwnEndpoint> All =>
    [
        new("keys.enrol", "POST", KeyEnrolment.Path, EnrolAsync),
        new("keys.list", "GET", KeyEnrolment.Path, ListAsync),
        new("keys.retire", "POST", $"{KeyEnrolment.Path}/{{key}}/retire", (exchange, cancellation) => EndAsync(exchange, KeyStore.Retired, cancellation)),
        new("keys.revoke", "POST", $"{KeyEnrolment.Path}/{{key}}/revoke", (exchange, cancellation) => EndAsync(exchange, KeyStore.Revoked, cancellation)),
    ];

    private async Task<OwnAnswer> EnrolAsync(Exchange exchange, CancellationToken cancellation)
    {
        var brought = exchange.Context.Features.GetRequiredFeature<BroughtKey>();
        var token = exchange.Facts.Token!;
        var at = exchange.Facts.At;
        // The decision rests on the registry as this replica knew it; the database has the last word.
        var result = await keys.EnrolAsync(
            brought.Key, brought.Name, token.Client, token.Subject, at, at + policy.Signatures.CoolingOff, EnrolmentCheck.MostKeys, cancellation);
        return result switch
        {
            EnrolmentResult.Enrolled => OwnAnswer.Created(
                $"{KeyEnrolment.Path}/{brought.Key.KeyId}", KeyStore.Document((await keys.FindAsync(brought.Key.KeyId, cancellation))!, at)),
            EnrolmentResult.Registered => OwnAnswer.Refused(Reasons.KeyRegistered),
            EnrolmentResult.TooMany => OwnAnswer.Refused(Reasons.KeyTooMany),
            EnrolmentResult.UserGone => OwnAnswer.Refused(Reasons.SubjectSuspended),
        };
    }

    private async Task<OwnAnswer> ListAsync(Exchange exchange, CancellationToken cancellation)
    {
        var token = exchange.Facts.Token!;
        return OwnAnswer.Ok(await keys.ListAsync(token.Client, IsAdmin(exchange) ? null : token.Subject, LongestList, exchange.Facts.At, cancellation));
    }

    private async Task<OwnAnswer> EndAsync(Exchange exchange, string state, CancellationToken cancellation)
    {
        var keyId = exchange.PathParameter("key");
        if (await keys.FindAsync(keyId, cancellation) is not { } row || !IsWithinReach(exchange, row))
            return OwnAnswer.Refused(Reasons.KeyNotFound); // another's key is as unknown as one that does not exist
        return await keys.EndAsync(keyId, state, exchange.Facts.At, reason: null, cancellation) == state
            ? OwnAnswer.Ok(KeyStore.Document((await keys.FindAsync(keyId, cancellation))!, exchange.Facts.At))
            : OwnAnswer.Refused(Reasons.KeyEnded);
    }

    private static bool IsWithinReach(Exchange exchange, KeyRow row)
    {
        var token = exchange.Facts.Token!;
        return row.Client == token.Client && (row.Subject == token.Subject || IsAdmin(exchange));
    }

    private static bool IsAdmin(Exchange exchange) => exchange.Facts.Subject!.Roles.Contains(ClientAdmin);
}
