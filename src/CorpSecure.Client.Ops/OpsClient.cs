using System.Runtime.CompilerServices;
using System.Text.Json;
using CorpSecure.Client.Ops.Decisions;

namespace CorpSecure.Client.Ops;

/// <summary>
/// The staff API of the gateway. Made for an <see cref="HttpClient"/> that has the ops address as base address and adds a
/// staff token: <c>services.AddHttpClient&lt;OpsClient&gt;().AddCorpSecure(...)</c>.
/// Methods throw <see cref="OpsException"/> when refused and <see cref="HttpRequestException"/> when the API cannot be reached
/// or answers with something that is not its own.
/// </summary>
/// <param name="http">The client to use.</param>
public sealed class OpsClient(HttpClient http)
{
    private const string Decisions = "/ops/v1/decisions";
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>Lists decisions, newest first.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<DecisionPage> ListAsync(DecisionQuery query, CancellationToken cancellationToken = default) =>
        GetAsync<DecisionPage>(Decisions + query.ToQuery(), cancellationToken);

    /// <summary>Shows one decision. An unknown id is refused with 404.</summary>
    /// <param name="id">The decision.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<DecisionDetail> ShowAsync(Guid id, CancellationToken cancellationToken = default)
    {
        var document = await GetAsync<JsonElement>($"{Decisions}/{id}", cancellationToken);
        try
        {
            return new DecisionDetail(
                document.Deserialize<DecisionSummary>(JsonSerializerOptions.Web)!,
                document.GetProperty("facts"),
                document.GetProperty("entries").Deserialize<IReadOnlyList<DecisionEntry>>(JsonSerializerOptions.Web)!);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException)
        {
            throw OpsExchange.Unreadable(e);
        }
    }

    /// <summary>Waits for decisions taken after a cursor.</summary>
    /// <param name="after">The cursor of the call before; none for only a cursor of now.</param>
    /// <param name="wait">How long the server may wait for the next decision, at most a minute.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<DecisionFeed> FeedAsync(string? after, TimeSpan wait, CancellationToken cancellationToken = default)
    {
        var seconds = (int)Math.Clamp(wait.TotalSeconds, 0, LongestWait.TotalSeconds);
        return GetAsync<DecisionFeed>(
            after is null ? $"{Decisions}/feed" : $"{Decisions}/feed?after={Uri.EscapeDataString(after)}&wait={seconds}", cancellationToken);
    }

    /// <summary>Follows decisions from now on, as they are taken.</summary>
    /// <param name="wait">How long one call may wait.</param>
    /// <param name="cancellationToken">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    public async IAsyncEnumerable<DecisionSummary> FollowAsync(
        TimeSpan wait, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var feed = await FeedAsync(after: null, wait, cancellationToken);
        while (true)
        {
            feed = await FeedAsync(feed.Cursor, wait, cancellationToken);
            foreach (var decision in feed.Decisions)
            {
                yield return decision;
            }
        }
    }

    private Task<T> GetAsync<T>(string address, CancellationToken cancellationToken) => http.SendAsync<T>(HttpMethod.Get, address, null, cancellationToken);
}
