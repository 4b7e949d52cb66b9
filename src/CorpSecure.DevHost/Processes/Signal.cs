namespace CorpSecure.DevHost.Processes;

/// <summary>The signals used here; the numbers are the same on every Linux architecture .NET runs on.</summary>
public enum Signal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
}
