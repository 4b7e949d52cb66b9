using System.ComponentModel;
using System.Diagnostics;
using CorpSecure.Cli.Output;

namespace CorpSecure.Cli.SignIn;

/// <summary>Shows the sign-in address and, where there is a desktop, opens it.</summary>
internal static class Browser
{
    public static void Show(Uri address, Shell shell, bool open)
    {
        shell.Error.WriteLine("Sign in with your browser:");
        shell.Error.WriteLine();
        shell.Error.WriteLine($"  {address.AbsoluteUri}");
        shell.Error.WriteLine();
        shell.Error.WriteLine("Waiting for the browser to come back to this machine. Ctrl-C gives up.");
        if (!open)
        {
            return;
        }
        try
        {
            using var started = Process.Start(StartInfo(address));
        }
        catch (Win32Exception e)
        {
            shell.Error.WriteLine($"(No browser could be opened: {e.Message}. Copy the address.)");
        }
    }

    private static ProcessStartInfo StartInfo(Uri address)
    {
        if (OperatingSystem.IsWindows())
        {
            return new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true };
        }
        var start = new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(address.AbsoluteUri);
        return start;
    }
}
