using System.Collections.Frozen;
using System.Reflection;

namespace CorpSecure.Core.Decisions;

/// <summary>Every reason there is. Codes are never reused for another meaning.</summary>
public static class Reasons
{
    private const string Invalid = "dpop.invalid";
    private const string InvalidProof = "The proof of possession is not valid";

    public static readonly Reason Allowed = new("allowed", 200, "Allowed");
    public static readonly Reason NoFinding = new("decision.no-finding", 403, "The request was not decided");

    public static readonly Reason AddressLimited = new("limit.address", 429, "Too many requests from this address", Retryable: true);
    public static readonly Reason ClientLimited = new("limit.client", 429, "Too many requests of this client", Retryable: true);
    public static readonly Reason UserLimited = new("limit.user", 429, "Too many requests of this user", Retryable: true);
    public static readonly Reason RouteLimited = new("limit.route", 429, "Too many requests to this resource", Retryable: true);
    public static readonly Reason OperationLimited = new("limit.operation", 429, "Too many requests of this kind", Retryable: true);
    public static readonly Reason ConcurrencyLimited = new("limit.concurrency", 429, "Too many requests at once", Retryable: true);
    public static readonly Reason RefusalsOverflow = new("refusals.overflow", 429, "More kinds of refusals in a second than are counted apart", Retryable: true);
    public static readonly Reason TargetNotCanonical = new("target.not-canonical", 400, "The request target is not in canonical form");
    public static readonly Reason HostUnknown = new("host.unknown", 421, "The Host names another server");
    public static readonly Reason HeaderForbidden = new("header.forbidden", 400, "The request carries a header that is not accepted");
    public static readonly Reason HeaderRepeated = new("header.repeated", 400, "A header that must stand once stands more than once");
    public static readonly Reason ContentEncoded = new("body.encoded", 415, "Encoded request bodies are not accepted");
    public static readonly Reason TransferCoded = new("body.transfer-coded", 501, "This transfer coding is not accepted");
    public static readonly Reason RouteUnknown = new("route.unknown", 404, "No such resource");
    public static readonly Reason MethodUnknown = new("method.unknown", 405, "The method is not available here");
    public static readonly Reason BodyUnexpected = new("body.unexpected", 400, "This request takes no body");
    public static readonly Reason BodyMissing = new("body.missing", 400, "This request needs a body");
    public static readonly Reason BodyTooLarge = new("body.too-large", 413, "The body is too large");
    public static readonly Reason ContentTypeUnknown = new("body.content-type", 415, "The content type is not accepted here");

    public static readonly Reason TokenMissing = new("token.missing", 401, "An access token is needed", Retryable: true);
    public static readonly Reason TokenMalformed = new("token.malformed", 401, "The access token is not valid");
    public static readonly Reason TokenInvalid = new("token.invalid", 401, "The access token is not valid");
    public static readonly Reason TokenExpired = new("token.expired", 401, "The access token has expired", Retryable: true);
    public static readonly Reason TokenRevoked = new("token.revoked", 401, "The access token is not valid");
    public static readonly Reason TokenBinding = new("token.binding", 401, "The access token is bound to another sender");
    public static readonly Reason TokenUnbound = new("token.unbound", 401, "The access token is bound to no sender");
    public static readonly Reason TokenUnverifiable = new("token.unverifiable", 503, "Access tokens cannot be verified now", Retryable: true);
    public static readonly Reason DpopMissing = new("dpop.missing", 401, "A proof of possession is needed", Retryable: true);
    public static readonly Reason DpopNonceMissing = new("dpop.nonce-missing", 401, "The proof of possession must carry the server's nonce", Retryable: true);
    public static readonly Reason DpopNonceOld = new("dpop.nonce-old", 401, "The proof of possession must carry a newer nonce", Retryable: true);
    public static readonly Reason DpopStale = new("dpop.stale", 401, "The proof of possession is too old", Retryable: true);
    public static readonly Reason DpopFromTheFuture = new("dpop.from-the-future", 401, "The proof of possession was made in the future", Retryable: true);
    public static readonly Reason DpopMalformed = new("dpop.malformed", 401, InvalidProof, ToldAs: Invalid);
    public static readonly Reason DpopInvalid = new(Invalid, 401, InvalidProof);
    public static readonly Reason DpopMethod = new("dpop.method", 401, InvalidProof, ToldAs: Invalid);
    public static readonly Reason DpopTarget = new("dpop.target", 401, InvalidProof, ToldAs: Invalid);
    public static readonly Reason DpopTokenHash = new("dpop.token-hash", 401, InvalidProof, ToldAs: Invalid);
    public static readonly Reason DpopReplayed = new("dpop.replayed", 401, InvalidProof, ToldAs: Invalid);
    public static readonly Reason CertificateUntrusted = new("certificate.untrusted", 401, "The client certificate is not accepted");
    public static readonly Reason CertificateExpired = new("certificate.expired", 401, "The client certificate is not accepted");
    public static readonly Reason CertificatePurpose = new("certificate.purpose", 401, "The client certificate is not accepted");
    public static readonly Reason CertificateRevoked = new("certificate.revoked", 401, "The access token is bound to another sender", ToldAs: "token.binding");
    public static readonly Reason StrongerAuthentication = new("acr.insufficient", 401, "Stronger authentication is needed", Retryable: true);
    public static readonly Reason AuthenticationTooOld = new("acr.too-old", 401, "A more recent sign-in is needed", Retryable: true);

    public static readonly Reason SignatureMissing = new("signature.missing", 401, "The request must be signed");
    public static readonly Reason SignatureMalformed = new("signature.malformed", 400, "The signature fields are not well formed");
    public static readonly Reason SignatureAmbiguous = new("signature.ambiguous", 400, "There is not exactly one signature for this purpose");
    public static readonly Reason SignatureComponentMissing = new("signature.component-missing", 401, "The signature does not cover what it must");
    public static readonly Reason SignatureComponentUnknown = new("signature.component-unknown", 400, "The signature covers something unknown");
    public static readonly Reason SignatureCreatedMissing = new("signature.created-missing", 401, "The signature does not say when it was made");
    public static readonly Reason SignatureExpired = new("signature.expired", 401, "The signature is too old", Retryable: true);
    public static readonly Reason SignatureFromTheFuture = new("signature.from-the-future", 401, "The signature was made in the future", Retryable: true);
    public static readonly Reason SignatureNonceMissing = new("signature.nonce-missing", 401, "The signature has no usable nonce");
    public static readonly Reason SignatureKeyIdMissing = new("signature.keyid-missing", 401, "The signature does not name its key");
    public static readonly Reason SignatureAlgorithm = new("signature.algorithm-mismatch", 401, "The signature's algorithm is not the key's");
    public static readonly Reason SignatureKeyUnknown = new("signature.key-unknown", 401, "The signing key is not known for this user");
    public static readonly Reason SignatureKeyRevoked = new("signature.key-revoked", 401, "The signing key has been revoked");
    public static readonly Reason SignatureKeyRetired = new("signature.key-retired", 401, "The signing key has been retired");
    public static readonly Reason SignatureKeyCoolingOff = new("signature.key-cooling-off", 401, "The signing key is new and may not sign yet", Retryable: true);
    public static readonly Reason SignatureInvalid = new("signature.invalid", 401, "The signature is not valid");
    public static readonly Reason NonceReplayed = new("signature.nonce-replayed", 401, "This signed request has been sent before");

    public static readonly Reason SubjectUnknown = new("subject.unknown", 403, "The user is not known here");
    public static readonly Reason SubjectSuspended = new("subject.suspended", 403, "The user may not act now");
    public static readonly Reason ClientSuspended = new("client.suspended", 403, "The client may not act now");
    public static readonly Reason RoleMissing = new("role.missing", 403, "The user's roles do not allow this");
    public static readonly Reason AccountNotFound = new("account.not-found", 404, "No such account");
    public static readonly Reason EntitlementsStale = new("entitlements.stale", 503, "Entitlements cannot be confirmed now", Retryable: true);

    public static readonly Reason BodyIncomplete = new("body.incomplete", 400, "The body did not arrive whole", Retryable: true);
    public static readonly Reason BodyMalformed = new("body.malformed", 400, "The body is not well-formed JSON");
    public static readonly Reason BodyDuplicateMember = new("body.duplicate-member", 400, "A JSON member stands twice");
    public static readonly Reason BodyField = new("body.field", 422, "A member of the body is missing or of the wrong type");
    public static readonly Reason DigestMissing = new("digest.missing", 400, "A Content-Digest is needed");
    public static readonly Reason DigestMalformed = new("digest.malformed", 400, "The Content-Digest is not well formed");
    public static readonly Reason DigestUnsupported = new("digest.unsupported", 400, "The Content-Digest has no accepted algorithm");
    public static readonly Reason DigestMismatch = new("digest.mismatch", 400, "The body is not the one its digest names");
    public static readonly Reason IdempotencyKeyMissing = new("idempotency-key.missing", 400, "An Idempotency-Key is needed");
    public static readonly Reason IdempotencyKeyMalformed = new("idempotency-key.malformed", 400, "The Idempotency-Key is not well formed");

    public static readonly Reason KeyMalformed = new("key.malformed", 422, "The body holds no public key of an accepted kind, or no proper name for it");
    public static readonly Reason KeyRegistered = new("key.registered", 409, "This key is already registered");
    public static readonly Reason KeyTooMany = new("key.too-many", 409, "The user has too many keys; retire one first");
    public static readonly Reason KeyNotFound = new("key.not-found", 404, "No such key");
    public static readonly Reason KeyEnded = new("key.ended", 409, "The key has been revoked");
    public static readonly Reason RecordsUnavailable = new("records.unavailable", 503, "The records cannot be read now", Retryable: true);
    public static readonly Reason RegistryUnavailable = new("registry.unavailable", 503, "The registry cannot be reached now", Retryable: true);

    public static readonly Reason HoldUnavailable = new("hold.unavailable", 503, "The request would have to wait for review, which is not available");
    public static readonly Reason AuditUnavailable = new("audit.unavailable", 503, "The request cannot be recorded now, so it was not carried out", Retryable: true);
    public static readonly Reason Overloaded = new("overloaded", 503, "Too many requests are waiting", Retryable: true);
    public static readonly Reason CoreUnreachable = new("core.unreachable", 502, "The bank's system did not take the request", Retryable: true);
    public static readonly Reason CoreRejected = new("core.rejected", 502, "The bank's system did not accept the gateway");
    public static readonly Reason CoreSilent = new("core.silent", 504, "The bank's system did not answer in time; the outcome is not known");
    public static readonly Reason CoreInterrupted = new("core.interrupted", 502, "The bank's system broke off; the outcome is not known");
    public static readonly Reason Internal = new("internal", 500, "The request failed");

    private static readonly FrozenDictionary<string, Reason> ByCode = typeof(Reasons)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.FieldType == typeof(Reason))
        .Select(field => (Reason)field.GetValue(null)!)
        .ToFrozenDictionary(reason => reason.Code);

    public static IReadOnlyCollection<Reason> All => ByCode.Values;

    /// <exception cref="KeyNotFoundException">No reason has this code: unknown means refused, so the caller fails.</exception>
    public static Reason Of(string code) => ByCode[code];

    public static bool TryOf(string code, out Reason? reason) => ByCode.TryGetValue(code, out reason);
}
