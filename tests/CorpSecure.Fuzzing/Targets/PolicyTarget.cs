using System.Text.RegularExpressions;
using CorpSecure.Fuzzing.Running;
using CorpSecure.Gateway.Hosting;
using CorpSecure.Gateway.Policies;
using static CorpSecure.Fuzzing.Running.FuzzTarget;

namespace CorpSecure.Fuzzing.Targets;

/// <summary>Policy files: loaded, or refused with line and column of every fault.</summary>
internal static partial class PolicyTarget
{
    private static readonly string[] Words =
    [
        "{", "}", "[", "]", "null", ",", ":", "\"\"", "\"\\ud800\"", "[null]", "{}", "-1", "1e9", "\"00:00:10\"", "\"99999999:00\"", "//", "/*", "\"GET\"", "\"/{a}/{a}\"", "\"methods\":", "\"path\":", "\"body\":", "\"accounts\":",
        "\"in\":", "\"name\":", "\u00e9", "\0",
    ];

    public static FuzzTarget Create() => new("policies", 4000, Words, input => Check(input, file => PolicyLoader.Load(file)), input => Check(input, file => throw new StartRefusedException($"{file}: bad")))
    {
        Seeds = [File.ReadAllBytes(Path.Combine(Corpus.Root, "src", "CorpSecure.Gateway", "policy.json"))],
    };

    private static void Check(byte[] input, Action<string> load)
    {
        var file = Path.Combine(Path.GetTempPath(), $"corpsecure-fuzz-policy-{Environment.ProcessId}.json");
        File.WriteAllBytes(file, input);
        try
        {
            load(file);
        }
        catch (StartRefusedException refused)
        {
            foreach (var fault in refused.Message.Split("\n  ").Skip(1))
                Holds(Place().IsMatch(fault), $"no place: {fault}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"\.json: line [1-9]\d*, column [1-9]\d*: ")]
    private static partial Regex Place();
}
