using CorpSecure.Cli.Failures;
using CorpSecure.Cli.Profiles;

namespace CorpSecure.Cli.Curl;

/// <summary>Where a request goes and whose login it takes. Only the profile's own two origins are targets.</summary>
internal sealed record CurlTarget(Realm Realm, Uri Uri)
{
    public static CurlTarget Of(string text, Realm? wanted, Profile profile) =>
        text.StartsWith('/') ? OfPath(text, wanted, profile) : OfAddress(text, wanted, profile);

    private static CurlTarget OfPath(string path, Realm? wanted, Profile profile)
    {
        var realm = wanted ?? (path.StartsWith("/ops/", StringComparison.Ordinal) ? Realm.Staff : Realm.Corporate);
        var origin = profile.AddressOf(realm) ?? throw new CliException(
            ExitCode.NotSignedIn, $"The profile does not know the {realm.Name()} realm's address.",
            next: $"corpsec login --realm {realm.Name()} --demo FILE, or corpsec profile set");
        // Not new Uri(origin, path): "//host/" would lead elsewhere.
        return new CurlTarget(realm, Parse(origin.GetLeftPart(UriPartial.Authority) + path));
    }

    private static CurlTarget OfAddress(string text, Realm? wanted, Profile profile)
    {
        var address = Parse(text);
        foreach (var realm in new[] { Realm.Corporate, Realm.Staff })
        {
            if ((wanted is null || wanted == realm) && profile.AddressOf(realm) is { } origin
                && Uri.Compare(origin, address, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0)
            {
                return new CurlTarget(realm, address);
            }
        }
        throw CliException.Usage(
            $"{address.GetLeftPart(UriPartial.Authority)} is neither the gateway nor the ops API of this profile, and gets no token.",
            "'corpsec profile show' tells the addresses.");
    }

    private static Uri Parse(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        ? address
        : throw CliException.Usage($"'{text}' is neither a path that begins with '/' nor an address.");
}
