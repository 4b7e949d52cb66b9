using System.Text;

namespace CorpSecure.Ledger.Tests.Databases;

internal static class Drafts
{
    public static EntryDraft AnEntry(string payload = """{"verdict":"Allow"}""") =>
        new(Guid.CreateVersion7(), EntryKind.Decision, TestDatabase.Now, Encoding.UTF8.GetBytes(payload));

    /// <summary>How a caller waits: not for ever.</summary>
    public static Task Soon(this Task task) => task.WaitAsync(TimeSpan.FromSeconds(20));
}
