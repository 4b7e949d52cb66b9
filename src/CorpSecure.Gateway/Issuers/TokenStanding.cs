namespace CorpSecure.Gateway.Issuers;

/// <summary>What the issuer answered of one token, for as long as that counts. Requests that come together share one question.</summary>
public sealed class TokenStanding(Introspection introspection, string token)
{
    private readonly Lock gate = new();
    private Task<bool?>? answer;
    private long askedAt;

    /// <returns>Whether the token is active; null when that cannot be known now.</returns>
    public ValueTask<bool?> IsActiveAsync()
    {
        lock (gate)
        {
            // A failure is not kept: the next request asks again.
            if (answer is { IsCompleted: true } known && (known.Result is null || introspection.IsOver(askedAt)))
                answer = null;
            if (answer is null)
            {
                askedAt = introspection.Now; // before the question: the answer is at least this recent
                answer = introspection.AskAsync(token);
            }

            return new(answer);
        }
    }
}
