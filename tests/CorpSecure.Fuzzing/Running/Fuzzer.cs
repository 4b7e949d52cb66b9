using CsCheck;

namespace CorpSecure.Fuzzing.Running;

public sealed record FuzzFinding(byte[] Input, Exception Error);

public static class Fuzzer
{
    /// <returns>The first input that breaks the target, made smaller; null when none was found.</returns>
    public static FuzzFinding? Find(FuzzTarget target, Action<byte[]> check, FuzzBudget budget, out long iterations)
    {
        var mutator = new Mutator(Corpus.Of(target), target.Words);
        var started = TimeProvider.System.GetTimestamp();
        for (iterations = 0; budget.Iterations is { } most ? iterations < most : TimeProvider.System.GetElapsedTime(started) < budget.Time; iterations++)
        {
            // Dice of their own for every iteration: none depends on those before it.
            var input = mutator.Next(new PCG((uint)iterations, budget.Seed + (ulong)iterations));
            if (Try(check, input) is { } error)
                return Smaller(check, new FuzzFinding(input, error));
        }

        return null;
    }

    public static Exception? Try(Action<byte[]> check, byte[] input)
    {
        try
        {
            check(input);
            return null;
        }
        catch (Exception error)
        {
            return error; // whatever it is, it is the finding
        }
    }

    /// <summary>Drops ever smaller parts as long as the same kind of error stays.</summary>
    private static FuzzFinding Smaller(Action<byte[]> check, FuzzFinding finding)
    {
        for (var part = Math.Max(1, finding.Input.Length / 2); part > 0; part /= 2)
        {
            for (var at = 0; at + part <= finding.Input.Length;)
            {
                byte[] input = [.. finding.Input[..at], .. finding.Input[(at + part)..]];
                if (Try(check, input) is { } error && error.GetType() == finding.Error.GetType())
                    finding = new FuzzFinding(input, error);
                else
                    at += part;
            }
        }

        return finding;
    }
}
