using CorpSecure.Client.Problems;
using CorpSecure.Client.Tests.Fakes;

namespace CorpSecure.Client.Tests.Problems;

public sealed class ProblemResponsesTests : IAsyncLifetime
{
    private readonly TestAuthority _authority = new();
    private GatewayClient _client = null!;

    public async Task InitializeAsync() => _client = await GatewayClient.StartAsync(_authority);

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_refusal_becomes_an_exception_with_code_decision_and_advice()
    {
        _client.Gateway.WillRefuse("policy.unavailable", 503, retryable: true);

        var problem = await Should.ThrowAsync<ProblemException>(GetAsync);

        problem.Code.ShouldBe("policy.unavailable");
        problem.Status.ShouldBe(503);
        problem.Retryable.ShouldBeTrue();
        problem.DecisionId.ShouldBe(FakeGateway.DecisionId);
        problem.Message.ShouldContain(FakeGateway.DecisionId.ToString());
    }

    [Theory]
    [InlineData("<html>bad gateway</html>", "text/html")]
    [InlineData("{not json", "application/problem+json")]
    [InlineData("""{"title":"no code"}""", "application/problem+json")]
    [InlineData("[1,2]", "application/problem+json")]
    [InlineData("null", "application/problem+json")]
    public async Task An_error_that_explains_nothing_still_has_a_code_and_the_decision_of_the_header(string text, string contentType)
    {
        _client.Gateway.WillAnswer(text, 502, contentType);

        var problem = await Should.ThrowAsync<ProblemException>(GetAsync);

        problem.Code.ShouldBe(ProblemResponses.UnexplainedCode);
        problem.Status.ShouldBe(502);
        problem.DecisionId.ShouldBe(FakeGateway.DecisionId);
    }

    [Fact]
    public async Task An_endless_problem_document_is_not_read_to_its_end()
    {
        _client.Gateway.WillAnswer(new string(' ', 1 << 20), 400, "application/problem+json");

        await Should.ThrowAsync<HttpRequestException>(GetAsync);
    }

    [Fact]
    public async Task A_success_is_no_problem_and_names_its_decision()
    {
        var response = await GetAsync();

        (await response.ReadProblemAsync()).ShouldBeNull();
        ProblemResponses.DecisionIdOf(response).ShouldBe(FakeGateway.DecisionId);
    }

    private async Task<HttpResponseMessage> GetAsync()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/corporate/v1/accounts");
        var response = await _client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return await response.EnsureNoProblemAsync();
    }
}
