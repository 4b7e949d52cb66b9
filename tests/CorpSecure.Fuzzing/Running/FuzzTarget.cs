namespace CorpSecure.Fuzzing.Running;

/// <summary>One thing that must hold for every input.</summary>
/// <param name="Name">Also the folder of its corpus.</param>
/// <param name="Iterations">Of a short run.</param>
/// <param name="Words">What inputs of this kind are made of.</param>
/// <param name="Check">Throws where it does not hold.</param>
/// <param name="Broken">The same with a fault put in: must be seen to fail, or the target finds nothing.</param>
public sealed record FuzzTarget(string Name, int Iterations, string[] Words, Action<byte[]> Check, Action<byte[]> Broken)
{
    /// <summary>Inputs that cannot stand in a file, such as what was just signed.</summary>
    public IReadOnlyList<byte[]> Seeds { get; init; } = [];

    public override string ToString() => Name;

    public static void Holds(bool condition, string what)
    {
        if (!condition)
            throw new InvalidOperationException(what);
    }
}
