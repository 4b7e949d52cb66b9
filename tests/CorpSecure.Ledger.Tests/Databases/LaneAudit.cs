using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CorpSecure.Ledger.Tests.Databases;

/// <summary>Verifies a lane from its rows alone, by its own reading of the frame rather than the product's code.</summary>
internal static class LaneAudit
{
    private const long MicrosecondsBefore1970 = 62_135_596_800_000_000;

    public static async Task ShouldBeWholeAsync(TestDatabase database, string lane) => (await FaultsAsync(database, lane)).ShouldBeEmpty();

    public static async Task<List<string>> FaultsAsync(TestDatabase database, string lane)
    {
        var faults = new List<string>();
        var predecessor = new byte[32];
        var (counter, epoch) = (0L, 0L);
        foreach (var row in await StoredEntry.OfAsync(database, lane))
        {
            counter++;
            if (row.Counter != counter)
                faults.Add($"gap before {row.Counter}");
            if (row.Epoch < epoch)
                faults.Add($"epoch of {row.Counter} goes back");
            if (!row.Predecessor.AsSpan().SequenceEqual(predecessor))
                faults.Add($"predecessor of {row.Counter}");
            if (!row.Hash.AsSpan().SequenceEqual(HashOf(row)))
                faults.Add($"hash of {row.Counter}");
            (predecessor, counter, epoch) = (row.Hash, row.Counter, row.Epoch);
        }

        var head = await database.ScalarAsync<byte[]>($"select head from ledger.lanes where lane = '{lane}'");
        if (!head.AsSpan().SequenceEqual(predecessor))
            faults.Add("head");
        return faults;
    }

    public static byte[] HashOf(StoredEntry row)
    {
        using var frame = new MemoryStream();
        frame.WriteByte(0);
        frame.Write(Encoding.ASCII.GetBytes("corpsecure/entry/v1\n"));
        frame.Write(SHA256.HashData(Encoding.UTF8.GetBytes(row.Lane)));
        Write(row.Epoch);
        Write(row.Counter);
        Write(row.Microseconds + MicrosecondsBefore1970);
        frame.WriteByte((byte)(row.Kind >> 8));
        frame.WriteByte((byte)row.Kind);
        frame.Write(Convert.FromHexString(row.Id.ToString("N")));
        frame.Write(row.Predecessor);
        frame.Write(SHA256.HashData(Encoding.UTF8.GetBytes(row.Payload)));
        frame.Write(SHA256.HashData(row.Sealed ?? []));
        return SHA256.HashData(frame.ToArray());

        void Write(long value)
        {
            var bytes = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            frame.Write(bytes);
        }
    }
}
