using System.Text;
using System.Text.Json;
using CorpSecure.Protocol.Problems;

namespace CorpSecure.Protocol.Tests.Problems;

public class ProblemDocumentTests
{
    [Fact]
    public void A_problem_is_written_as_RFC_9457_says()
    {
        var problem = ProblemDocument.Of("signature.expired", "The signature is too old", 401) with
        {
            DecisionId = Guid.Parse("0198f3a0-0000-7000-8000-000000000001"),
            Retryable = true,
        };
        Encoding.UTF8.GetString(problem.ToUtf8()).ShouldBe(
            """{"type":"urn:corpsecure:problem:signature.expired","title":"The signature is too old","status":401,"code":"signature.expired","decisionId":"0198f3a0-0000-7000-8000-000000000001","retryable":true}""");
    }

    [Fact]
    public void Further_members_survive()
    {
        var problem = new ProblemDocument(ProblemTypes.QuotaExceeded, "Too many requests", 429, "limits.rate")
        {
            Extensions = new Dictionary<string, JsonElement> { ["violated-policies"] = JsonElement.Parse("""["default"]""") },
        };
        var read = ProblemDocument.TryParse(problem.ToUtf8()).ShouldNotBeNull();
        read.Type.ShouldBe("https://iana.org/assignments/http-problem-types#quota-exceeded");
        read.Extensions!["violated-policies"][0].GetString().ShouldBe("default");
        read.Retryable.ShouldBeFalse();
    }

    [Fact]
    public void A_problem_of_someone_else_is_read_without_our_members() =>
        ProblemDocument.TryParse("""{"status":502}"""u8).ShouldBe(new ProblemDocument("about:blank", "", 502, ""));

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"status":"x"}""")]
    public void What_is_no_problem_document_is_none(string text) =>
        ProblemDocument.TryParse(Encoding.UTF8.GetBytes(text)).ShouldBeNull();
}
