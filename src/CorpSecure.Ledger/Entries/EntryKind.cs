namespace CorpSecure.Ledger.Entries;

/// <summary>What an entry records. Values are stored and hashed: never renumber.</summary>
public enum EntryKind : short
{
    /// <summary>A decision, durable before anything is forwarded.</summary>
    Decision = 1,

    /// <summary>What the core answered to a forwarded request.</summary>
    Outcome = 2,

    /// <summary>Refusals of one second with the same key and reason, counted.</summary>
    Refusals = 3,

    /// <summary>A decision whose commit was in doubt and which was therefore never forwarded.</summary>
    Abandoned = 4,

    SignIn = 10,

    Token = 11,
}
