using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using CoreBank.Simulator.Accounts;
using CoreBank.Simulator.Control;
using CoreBank.Simulator.Payees;
using CoreBank.Simulator.Payments;
using CoreBank.Simulator.Transactions;

namespace CoreBank.Simulator.Hosting;

[JsonSerializable(typeof(AccountList))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(TransactionList))]
[JsonSerializable(typeof(PayeeList))]
[JsonSerializable(typeof(PaymentRequest))]
[JsonSerializable(typeof(PaymentView))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(Knobs))]
[JsonSerializable(typeof(Call))]
[JsonSerializable(typeof(CallList))]
public sealed partial class SimulatorJson : JsonSerializerContext
{
    /// <summary>Unknown members, members given twice and missing members are refused. Chinese names are written as they are.</summary>
    public static SimulatorJson Strict { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 8,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}
