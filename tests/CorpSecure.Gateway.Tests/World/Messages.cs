namespace CorpSecure.Gateway.Tests.World;

/// <summary>What someone on the way could do to a request that is already signed.</summary>
public static class Messages
{
    public static HttpRequestMessage Rewrite(this HttpRequestMessage request, string header, Func<string, string> change)
    {
        var value = request.Headers.GetValues(header).Single();
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, change(value));
        return request;
    }

    /// <summary>Another token, and a proof by whoever it is bound to.</summary>
    public static HttpRequestMessage WithToken(this HttpRequestMessage request, string token)
    {
        request.Options.TryGetValue(ARequest.Key, out var built).ShouldBeTrue();
        built!.Authorize(request, token);
        return request;
    }

    public static async Task<HttpRequestMessage> CopyAsync(this HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri);
        if (request.Options.TryGetValue(ARequest.Key, out var built))
            copy.Options.Set(ARequest.Key, built);
        foreach (var header in request.Headers)
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        if (request.Content is not { } content)
            return copy;
        copy.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync());
        foreach (var header in content.Headers)
            copy.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return copy;
    }
}
