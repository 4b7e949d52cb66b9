using System.Diagnostics;
using System.Reflection;
using System.Text;
using CorpSecure.Cli.Output;

namespace CorpSecure.Cli.Tests;

/// <summary>The program with a home of its own: inside the test, which is fast, or as a process, as users run it.</summary>
public sealed class Corpsec(string home)
{
    private static readonly string Program = typeof(Corpsec).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Corpsec").Value!;

    public async Task<(int ExitCode, string Out, string Error)> RunAsync(params string[] arguments)
    {
        using var body = new MemoryStream();
        using var output = new StreamWriter(body, new UTF8Encoding(false), leaveOpen: true) { AutoFlush = true };
        using var error = new StringWriter();
        var shell = new Shell(output, error, () => new Kept(body), IsInteractive: false, home);
        var exitCode = await CorpsecProgram.RunAsync(arguments, shell, TimeProvider.System);
        return (exitCode, Encoding.UTF8.GetString(body.ToArray()), error.ToString());
    }

    public async Task<(int ExitCode, string Out, string Error)> RunProcessAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment["CORPSECURE_HOME"] = home;
        return Process.Start(start)!;
    }

    /// <summary>Closing standard output does not end what was written to it.</summary>
    private sealed class Kept(MemoryStream body) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => body.Length;

        public override long Position { get => body.Position; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => body.Write(buffer, offset, count);
    }
}
