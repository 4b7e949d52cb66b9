using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CoreBank.Simulator.Assertions;
using CoreBank.Simulator.Control;
using Microsoft.IdentityModel.Tokens;

namespace CoreBank.Simulator.Hosting;

/// <summary>Everything the configuration names, read and checked before anything listens.</summary>
public sealed record StartMaterial(
    IPAddress Address, IPAddress ControlAddress, X509Certificate2 Certificate, X509Certificate2Collection Intermediates,
    X509Certificate2Collection ClientCas, IReadOnlyList<SecurityKey> AssertionKeys, CallLog Calls)
{
    private const int ShortestToken = 16;

    /// <exception cref="ConfigurationFaultsException">With every fault, not only the first.</exception>
    public static StartMaterial Load(SimulatorOptions options)
    {
        var faults = new List<string>();
        var listener = options.Listener;
        var address = ParseAddress("Listener:Address", listener.Address, faults);
        var controlAddress = ParseAddress("Control:Address", options.Control.Address, faults);
        CheckPort("Listener:Port", listener.Port, faults);
        CheckPort("Control:Port", options.Control.Port, faults);
        if (options.Control.Token.Length < ShortestToken)
            faults.Add($"Control:Token: give at least {ShortestToken} characters");
        if (options.Assertion.Audience.Length == 0)
            faults.Add("Assertion:Audience: is empty");
        if (options.Assertion.Issuer.Length == 0)
            faults.Add("Assertion:Issuer: is empty");
        if (options.CallLog.Capacity < 1)
            faults.Add("CallLog:Capacity: must be above zero");

        var chain = ReadFile("Listener:CertificateFile", listener.CertificateFile, ReadCertificates, faults);
        var key = ReadFile("Listener:KeyFile", listener.KeyFile, File.ReadAllText, faults);
        var certificate = chain is null || key is null ? null : Pair(listener.KeyFile, chain[0], key, faults);
        var clientCas = ReadFile("Listener:ClientCaFile", listener.ClientCaFile, ReadCertificates, faults);
        var keys = ReadFile("Assertion:JwksFile", options.Assertion.JwksFile, file => PinnedKeys.Read(File.ReadAllText(file)), faults);

        // Last, and only when all else is well, because it creates a file.
        var calls = faults.Count == 0 ? OpenCallLog(options.CallLog, faults) : null;
        if (address is null || controlAddress is null || chain is null || certificate is null || clientCas is null || keys is null || calls is null)
            throw new ConfigurationFaultsException(faults);
        chain.RemoveAt(0);
        return new StartMaterial(address, controlAddress, certificate, chain, clientCas, keys, calls);
    }

    private static IPAddress? ParseAddress(string setting, string text, List<string> faults)
    {
        if (IPAddress.TryParse(text, out var address))
            return address;
        faults.Add($"{setting}: not an IP address: {text}");
        return null;
    }

    private static void CheckPort(string setting, int port, List<string> faults)
    {
        if (port is < 0 or > 65535)
            faults.Add($"{setting}: not a port: {port}");
    }

    private static X509Certificate2Collection ReadCertificates(string file)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(file);
        return certificates.Count > 0 ? certificates : throw new FormatException("holds no certificate");
    }

    private static T? ReadFile<T>(string setting, string file, Func<string, T> read, List<string> faults) where T : class
    {
        if (file.Length == 0)
        {
            faults.Add($"{setting}: is not set");
            return null;
        }
        if (!File.Exists(file))
        {
            faults.Add($"{setting}: file not found: {file}");
            return null;
        }
        try
        {
            return read(file);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or IOException or UnauthorizedAccessException)
        {
            faults.Add($"{setting}: {file}: {exception.Message}");
            return null;
        }
    }

    private static X509Certificate2? Pair(string keyFile, X509Certificate2 certificate, string key, List<string> faults)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            faults.Add($"Listener:KeyFile: {keyFile}: not the private key of the certificate");
            return null;
        }
    }

    private static CallLog? OpenCallLog(CallLogOptions options, List<string> faults)
    {
        try
        {
            return new CallLog(options.File, options.Capacity);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"CallLog:File: {options.File}: {exception.Message}");
            return null;
        }
    }
}
