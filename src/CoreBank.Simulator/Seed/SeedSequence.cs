namespace CoreBank.Simulator.Seed;

/// <summary>
/// Numbers that look random and are the same in every run (SplitMix64, Steele and others, 2014), started from a text so that
/// each account has its own. For demo data only.
/// </summary>
public sealed class SeedSequence
{
    private ulong _state;

    public SeedSequence(string start)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        _state = 14695981039346656037;
        foreach (var character in start)
            _state = (_state ^ character) * 1099511628211;
    }

    public long Between(long lowest, long highest) => lowest + (long)(Next() % (ulong)(highest - lowest + 1));

    public T Pick<T>(IReadOnlyList<T> choices) => choices[(int)Between(0, choices.Count - 1)];

    public string Digits(int count) => string.Create(count, this, static (digits, sequence) =>
    {
        for (var index = 0; index < digits.Length; index++)
            digits[index] = (char)('0' + sequence.Between(0, 9));
    });

    public string Letters(int count) => string.Create(count, this, static (letters, sequence) =>
    {
        for (var index = 0; index < letters.Length; index++)
            letters[index] = (char)('A' + sequence.Between(0, 25));
    });

    private ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
