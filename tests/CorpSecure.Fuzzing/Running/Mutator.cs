using System.Text;
using CsCheck;

namespace CorpSecure.Fuzzing.Running;

/// <summary>Makes inputs of kept ones: bits flipped, parts dropped, repeated, moved, spliced, and words put in.</summary>
public sealed class Mutator(IReadOnlyList<byte[]> corpus, string[] words)
{
    private const uint MostChanges = 5;
    private const int Longest = 4096;

    /// <summary>Its dice alone decide, so that the same dice make the same input.</summary>
    public byte[] Next(PCG dice)
    {
        var bytes = new List<byte>(Any(corpus, dice));
        for (var changes = 1 + dice.Next(MostChanges); changes > 0; changes--)
            Change(bytes, dice);
        return [.. bytes.Take(Longest)];
    }

    private void Change(List<byte> bytes, PCG dice)
    {
        var at = (int)dice.Next((uint)bytes.Count + 1);
        var (from, count) = Part(bytes.Count, dice);
        switch (dice.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << (int)dice.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)dice.Next(256);
                break;
            case 2:
                bytes.RemoveRange(from, count);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(from, count));
                break;
            case 4:
                var moved = bytes.GetRange(from, count);
                bytes.RemoveRange(from, count);
                bytes.InsertRange(Math.Min(at, bytes.Count), moved);
                break;
            case 5:
                var other = Any(corpus, dice);
                var (begin, length) = Part(other.Length, dice);
                bytes.InsertRange(at, other[begin..(begin + length)]);
                break;
            case 6:
                bytes.Insert(at, (byte)dice.Next(256));
                break;
            default:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Any(words, dice)));
                break;
        }
    }

    private static (int From, int Count) Part(int length, PCG dice)
    {
        var from = (int)dice.Next((uint)length + 1);
        // Mostly short: long parts leave nothing of the structure.
        return (from, (int)dice.Next((uint)Math.Min(length - from, dice.Next(4) == 0 ? length : 8) + 1));
    }

    private static T Any<T>(IReadOnlyList<T> items, PCG dice) => items[(int)dice.Next((uint)items.Count)];
}
