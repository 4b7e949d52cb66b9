using System.Globalization;
using System.Net;
using CorpSecure.Client.Tokens;

namespace CorpSecure.Client.StepUp;

/// <summary>What a resource server wants of the sign-in before it does what was asked (RFC 9470 section 3).</summary>
/// <param name="AcrValues">Classes of assurance, any of which will do, best first; empty when it names none.</param>
/// <param name="MaximumAge">How long ago the sign-in may be at most; null when that is no matter.</param>
public sealed record StepUpChallenge(IReadOnlyList<string> AcrValues, TimeSpan? MaximumAge)
{
    private const string Error = "insufficient_user_authentication";
    private const int MostValues = 10;
    private const int LongestAge = 9; // digits

    /// <summary>The token that did not suffice.</summary>
    internal AccessToken? Refused { get; init; }

    /// <summary>The challenge of a response; null when it is none, or cannot be read with certainty.</summary>
    /// <param name="response">The response.</param>
    public static StepUpChallenge? Of(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return null;
        }
        var challenge = AuthenticationChallenge.Read(response)
            .FirstOrDefault(each => (each.Is("DPoP") || each.Is("Bearer")) && each["error"] == Error);
        return challenge is null ? null : Of(challenge["acr_values"], challenge["max_age"]);
    }

    /// <summary>For a person.</summary>
    public override string ToString()
    {
        var how = AcrValues.Count == 0 ? "" : $" with {string.Join(" or ", AcrValues)}";
        var when = MaximumAge is { } age ? $", not longer ago than {age.TotalSeconds:0} s" : "";
        return $"a sign-in{how}{when}";
    }

    private static StepUpChallenge? Of(string? acrValues, string? maximumAge)
    {
        var values = acrValues is null ? [] : acrValues.Split(' ');
        if (values.Length > MostValues || !values.All(IsValue))
        {
            return null;
        }
        if (maximumAge is null)
        {
            return new StepUpChallenge(values, null);
        }
        return maximumAge.Length is > 0 and <= LongestAge && maximumAge.All(char.IsAsciiDigit)
            ? new StepUpChallenge(values, TimeSpan.FromSeconds(int.Parse(maximumAge, CultureInfo.InvariantCulture)))
            : null;
    }

    private static bool IsValue(string text) => text.Length is > 0 and <= 200 && text.All(c => c is > ' ' and < '\x7F' and not '"' and not '\\');
}

/// <summary>
/// Signs the user in as a challenge wants it. Called when the gateway refused a request for want of stronger or fresher
/// authentication; <see cref="CachedTokens.StepUpAsync"/> is one.
/// </summary>
/// <param name="challenge">What is wanted.</param>
/// <param name="cancellationToken">Ends it.</param>
/// <returns>True when new tokens are there, and the request may be repeated; false leaves the refusal as it is.</returns>
public delegate Task<bool> StepUpSignIn(StepUpChallenge challenge, CancellationToken cancellationToken);
