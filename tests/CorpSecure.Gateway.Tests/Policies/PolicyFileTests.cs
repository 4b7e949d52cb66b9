using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Policies;
using CorpSecure.Gateway.Tests.World;

namespace CorpSecure.Gateway.Tests.Policies;

public sealed class PolicyFileTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"policy-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(file);

    [Fact]
    public void The_policy_that_ships_is_valid() => Should.NotThrow(() => Load(PolicyText.Shipped));

    [Theory]
    [InlineData("\"signed\": true", "\"signedd\": true", "line 28, column")]
    [InlineData("\"signed\": true", "\"signed\": \"yes\"", "line 28, column")]
    [InlineData("\"limit\": 65536", "\"limit\": \"much\"", "line 29, column")]
    [InlineData("\"maximumAge\": \"00:30:00\"", "\"maximumAge\": \"half an hour\"", "line 27, column")]
    [InlineData("\"signed\": true,", "\"signed\": true, \"signed\": true,", "line 28, column")]
    [InlineData("\"routes\": [", "\"routes\": [[", "line 58, column")]
    [InlineData("\"version\": \"2026-11-24.3\"", "\"version\": null", "line 3, column")]
    public void What_cannot_be_read_is_told_with_its_line(string old, string text, string place) => Refused(old, text, place);

    [Theory]
    [InlineData("\"version\": \"2026-11-24.3\"", "\"version\": \"\"", "line 3, column 14: Version")]
    [InlineData("\"version\": \"2026-11-24.3\"", "\"version\": \"with blank\"", "line 3, column 14: Version")]
    [InlineData("\"maximumAge\": \"00:01:00\"", "\"maximumAge\": \"01:00:00\"", "line 5")]
    [InlineData("\"coolingOff\": \"12:00:00\"", "\"coolingOff\": \"31.00:00:00\"", "line 5")]
    [InlineData("\"path\": \"/corporate/v1/payees\"", "\"path\": \"/{any}/v1/payees\"", "begin with /gateway/v1/")]
    [InlineData("\"path\": \"/corporate/v1/payees\"", "\"path\": \"/gateway/v2/payees\"", "begin with /gateway/v1/")]
    [InlineData("\"path\": \"/corporate/v1/payees\"", "\"path\": \"/Gateway/v1/payees\"", "begin with /gateway/v1/")]
    [InlineData("\"signed\": true", "\"enrolment\": true", "belongs on an own route with a body")]
    [InlineData("\"enrolment\": true", "\"enrolment\": true, \"signed\": true", "belongs on an own route with a body")]
    [InlineData("\"name\": \"accounts.show\"", "\"name\": \"accounts.list\"", "the name 'accounts.list' stands twice")]
    [InlineData("\"path\": \"/corporate/v1/payees\"", "\"path\": \"/corporate/v1/accounts\"", "is ambiguous")]
    [InlineData("\"path\": \"/corporate/v1/payees\"", "\"path\": \"/corporate/v1/accounts/{other}\"", "is ambiguous")]
    [InlineData("\"path\": \"/corporate/v1/payees\"", "\"path\": \"/corporate/{version}/accounts\"", null)]
    [InlineData("\"path\": \"/corporate/v1/payees\"", "\"path\": \"/corporate/v1/{kind}/acc-acme-001\"", "is ambiguous")]
    [InlineData("\"path\": \"/corporate/v1/payees\"", "\"path\": \"corporate\"", "is not a path such as")]
    [InlineData("\"path\": \"/corporate/v1/payees\"", "\"path\": \"/corporate/../payees\"", "is not a path such as")]
    [InlineData("\"path\": \"/corporate/v1/payees\"", "\"path\": \"/corporate/{a}x\"", "is not a path such as")]
    [InlineData("\"methods\": [\"POST\"]", "\"methods\": [\"post\"]", "line 26, column 46: Routes[4].Methods[0]: 'post' is not one of")]
    [InlineData("\"methods\": [\"POST\"]", "\"methods\": [\"GET\"]", "GET and HEAD take no body")]
    [InlineData("\"methods\": [\"POST\"]", "\"methods\": []", "line 26")]
    [InlineData("\"roles\": [\"maker\"]", "\"roles\": []", "line 27, column 16: Routes[4].Roles: at least one role is needed")]
    [InlineData("\"acr\": [\"mfa\"], \"maximumAge\": \"00:30:00\"", "\"acr\": [\"sms\"], \"maximumAge\": \"00:30:00\"", "'sms' is not one of mfa, client, pwd")]
    [InlineData("\"permission\": \"pay\"", "\"permission\": \"spend\"", "must be view or pay")]
    [InlineData("\"in\": \"body\"", "\"in\": \"header\"", "must be path or body")]
    [InlineData("\"name\": \"/debtorAccount\"", "\"name\": \"debtorAccount\"", "must be a JSON pointer")]
    [InlineData("{ \"in\": \"path\", \"name\": \"account\"", "{ \"in\": \"path\", \"name\": \"konto\"", "is not a parameter of the path")]
    [InlineData("\"bufferedAnswer\": 1048576", "\"bufferedAnswer\": 10485760", "line 31")]
    [InlineData("\"routes\": [", "\"routes\": [null,", "line 6")]
    [InlineData("\"methods\": [\"POST\"]", "\"methods\": [null]", "line 26")]
    [InlineData("\"contentTypes\": [\"application/json\"]", "\"contentTypes\": [null]", "line 29")]
    [InlineData("\"accounts\": [{ \"in\": \"body\"", "\"accounts\": [null, { \"in\": \"body\"", "line 30")]
    public void What_makes_no_sense_is_told_with_its_line(string old, string text, string? place)
    {
        if (place is null)
            Should.NotThrow(() => Load(Changed(old, text)));
        else
            Refused(old, text, place);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("// nothing")]
    [InlineData("{} {}")]
    [InlineData("{\"\\ud800\": 1}")]
    [InlineData("{\"version\": \"\\ud800\"}")]
    public void What_is_no_policy_at_all_is_refused(string text) => Should.Throw<StartRefusedException>(() => Load(text)).Message.ShouldContain($"{file}: line 1, column ");

    [Fact]
    public void What_a_fault_quotes_stays_on_its_line() =>
        Should.Throw<StartRefusedException>(() => Load("t\n  ")).Message.Split('\n').Length.ShouldBe(2);

    [Fact]
    public void A_name_that_is_not_even_text_is_refused()
    {
        File.WriteAllBytes(file, [.. "{\n\""u8, 0xD3, .. "\": 1}"u8]);
        Should.Throw<StartRefusedException>(() => PolicyLoader.Load(file)).Message.ShouldContain($"{file}: line 2, column 1");
    }

    private void Refused(string old, string text, string place) => Should.Throw<StartRefusedException>(() => Load(Changed(old, text))).Message.ShouldContain(place);

    private static string Changed(string old, string text)
    {
        PolicyText.Shipped.ShouldContain(old);
        var at = PolicyText.Shipped.IndexOf(old, StringComparison.Ordinal);
        return PolicyText.Shipped[..at] + text + PolicyText.Shipped[(at + old.Length)..];
    }

    private void Load(string text)
    {
        File.WriteAllText(file, text);
        PolicyLoader.Load(file);
    }
}
