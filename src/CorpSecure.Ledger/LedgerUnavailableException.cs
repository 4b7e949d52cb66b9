namespace CorpSecure.Ledger;

/// <summary>The entry is not durable. Nothing that depends on it may happen.</summary>
public sealed class LedgerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
