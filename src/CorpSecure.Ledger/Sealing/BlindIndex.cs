using System.Text;

namespace CorpSecure.Ledger.Sealing;

/// <summary>Finds entries by a value that is stored only encrypted: equal values have equal tags, and nothing else is learned.</summary>
public sealed class BlindIndex(MasterKey master)
{
    private const int TagLength = 16;

    /// <param name="field">The kind of value, such as <c>account</c>; the same text in two fields has two tags.</param>
    public byte[] Tag(string field, string value) => master.Tag(Encoding.UTF8.GetBytes($"{field}\0{value}"))[..TagLength];
}
