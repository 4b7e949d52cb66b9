using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CorpSecure.DevHost.Processes;

/// <summary>The two system calls .NET has no door to: a signal other than SIGKILL, and a change of owner.</summary>
internal static partial class Posix
{
    private const int NoSuchProcess = 3;

    /// <summary>Sends a signal; false when the process is already gone.</summary>
    public static bool Send(int processId, Signal signal)
    {
        if (Kill(processId, (int)signal) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error == NoSuchProcess ? false : throw new Win32Exception(error);
    }

    public static void GiveTo(string path, uint user, uint group)
    {
        if (ChangeOwner(path, user, group) != 0)
            throw new IOException($"{path}: cannot change its owner to {user}:{group}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
