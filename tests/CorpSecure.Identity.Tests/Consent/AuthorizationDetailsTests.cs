using CorpSecure.Identity.Consent;
using CorpSecure.Identity.Tests.Fixture;

namespace CorpSecure.Identity.Tests.Consent;

[Collection(IdentityCollection.Name)]
public sealed class AuthorizationDetailsTests(IdentityFixture fixture)
{
    [Theory]
    [InlineData("")]
    [InlineData("payment")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("null")]
    [InlineData("[[]]")]
    [InlineData("[\"payment_initiation\"]")]
    [InlineData("[{\"type\":\"account_information\"}]")]
    [InlineData("[{\"type\":\"payment_initiation\"}]")]
    public void What_is_no_list_of_payments_is_not_read(string json) => AuthorizationDetails.Read(json).ShouldBeNull();

    public static TheoryData<string, object?> Faults => new()
    {
        { "type", "Payment_Initiation" },
        { "amount", 1250.00 },
        { "amount", "1250,00" },
        { "amount", "-1" },
        { "amount", "+1" },
        { "amount", "0" },
        { "amount", "0.00" },
        { "amount", "01" },
        { "amount", "1e9" },
        { "amount", " 1" },
        { "amount", "1\n" },
        { "amount", "1." },
        { "amount", "1.00001" },
        { "amount", "٣" },
        { "amount", null },
        { "currency", "eur" },
        { "currency", "EURO" },
        { "currency", "EUR\n" },
        { "debtorAccount", "" },
        { "debtorAccount", "acc/../x" },
        { "debtorAccount", null },
        { "reference", "" },
        { "reference", " x" },
        { "reference", "a\nb" },
        { "reference", "invoice \u202Egnp" },
        { "reference", "a\u200Bb" },
        { "reference", "a\u2028b" },
        { "reference", "a\uE000b" },
        { "creditor", null },
        { "creditor", "Müller" },
        { "urgent", true },
        { "Amount", "5.00" },
        { "locations", new[] { "https://localhost:8443" } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_payment_with_another_field_or_value_is_not_read(string field, object? value) =>
        AuthorizationDetails.Read(Payment.Json(payment => payment[field] = value)).ShouldBeNull();

    [Theory]
    [InlineData("debtorAccount")]
    [InlineData("creditor")]
    [InlineData("amount")]
    [InlineData("currency")]
    [InlineData("reference")]
    [InlineData("type")]
    public void A_payment_without_one_of_its_fields_is_not_read(string field) =>
        AuthorizationDetails.Read(Payment.Json(payment => payment.Remove(field))).ShouldBeNull();

    [Fact]
    public void One_payment_has_one_reading_and_one_spelling()
    {
        var json = Payment.Json();

        AuthorizationDetails.Read(json[..^2] + ""","amount":"9.00"}]""").ShouldBeNull();
        AuthorizationDetails.Read(json[..^2] + ""","reference":"\ud800"}]""").ShouldBeNull();
        AuthorizationDetails.Read(json.Replace("INV-1", @"\ud800", StringComparison.Ordinal)).ShouldBeNull();
        AuthorizationDetails.Read(Payment.Json(payment => Payment.Creditor(payment)["iban"] = "x")).ShouldBeNull();
        AuthorizationDetails.Read($"[{string.Join(',', Enumerable.Repeat(json[1..^1], 11))}]").ShouldBeNull();
        AuthorizationDetails.Read(new string(' ', 8192) + json).ShouldBeNull();
        var read = AuthorizationDetails.Read("\n " + json).ShouldNotBeNull();
        AuthorizationDetails.Read(AuthorizationDetails.Write(read)).ShouldNotBeNull().ShouldBe(read);
    }

    [Fact]
    public async Task Faulty_details_are_refused_when_they_are_pushed()
    {
        using var portal = await Portal.CreateAsync(fixture, fixture.Corporate);

        foreach (var details in new[] { "[]", Payment.Json(payment => payment["type"] = "other"), Payment.Json(payment => payment["extra"] = 1) })
        {
            var answer = await portal.PushAsync(("authorization_details", details));
            answer.Status.ShouldBe(400);
            answer.Error.ShouldBe("invalid_authorization_details");
        }

        (await portal.PushAsync(("authorization_details", Payment.Json()))).Status.ShouldBe(201);
    }
}
