namespace CoreBank.Simulator.Hosting;

/// <summary>The configuration, as its sections are named in the file.</summary>
public sealed class SimulatorOptions
{
    public MainListenerOptions Listener { get; set; } = new();

    public ControlOptions Control { get; set; } = new();

    public AssertionOptions Assertion { get; set; } = new();

    public CallLogOptions CallLog { get; set; } = new();
}

/// <summary>The listener of the core API. Port 0 takes a free one. Files are PEM.</summary>
public sealed class MainListenerOptions
{
    public string Address { get; set; } = "127.0.0.1";

    public int Port { get; set; } = 7443;

    public string CertificateFile { get; set; } = "";

    public string KeyFile { get; set; } = "";

    public string ClientCaFile { get; set; } = "";
}

/// <summary>The control listener. It shows the certificate of the main listener and asks for no client certificate.</summary>
public sealed class ControlOptions
{
    public string Address { get; set; } = "127.0.0.1";

    public int Port { get; set; } = 7444;

    public string Token { get; set; } = "";
}

public sealed class AssertionOptions
{
    public string JwksFile { get; set; } = "";

    public string Audience { get; set; } = "core-bank";

    public string Issuer { get; set; } = "corpsecure-gateway";
}

public sealed class CallLogOptions
{
    /// <summary>Appended to, one JSON line a call. None when empty.</summary>
    public string File { get; set; } = "";

    /// <summary>How many calls the control listener can still show.</summary>
    public int Capacity { get; set; } = 100_000;
}
