using System.ComponentModel;
using System.Diagnostics;
using CorpSecure.Cli.Output;

namespace CorpSecure.Cli.SignIn;

/// <summary>Shows the sign-in address and, where there is a desktop, opens it.</summary>
internal static class Browser
{
    public static void Show(Uri address, Terminal terminal, bool open)
    {
        terminal.Error.WriteLine("Sign in with your browser:");
        terminal.Error.WriteLine();
        terminal.Error.WriteLine($"  {address.AbsoluteUri}");
        terminal.Error.WriteLine();
        terminal.Error.WriteLine("Waiting for the browser to come back to this machine. Ctrl-C gives up.");
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
            terminal.Error.WriteLine($"(No browser could be opened: {e.Message}. Copy the address.)");
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
