using System.Text.Json;

namespace CorpSecure.Identity.Tests.Consent;

/// <summary>The <c>authorization_details</c> of one payment.</summary>
public static class Payment
{
    public static string Json(Action<Dictionary<string, object?>>? alter = null)
    {
        var payment = new Dictionary<string, object?>
        {
            ["type"] = "payment_initiation",
            ["debtorAccount"] = "acc-acme-001",
            ["creditor"] = new Dictionary<string, object?> { ["name"] = "Müller & Söhne", ["account"] = "DE89370400440532013000" },
            ["amount"] = "1250.00",
            ["currency"] = "EUR",
            ["reference"] = "INV-1",
        };
        alter?.Invoke(payment);
        return JsonSerializer.Serialize(new[] { payment });
    }

    public static Dictionary<string, object?> Creditor(Dictionary<string, object?> payment) => (Dictionary<string, object?>)payment["creditor"]!;
}
