using System.Security.Cryptography;
using System.Text;

namespace CoreBank.Simulator.Control;

/// <summary>The bearer token of the control listener. Digests are compared, in constant time, so that neither content nor length shows.</summary>
public sealed class ControlToken(string token)
{
    private const string Scheme = "Bearer ";

    private readonly byte[] _digest = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public bool Matches(IReadOnlyList<string?> authorization) =>
        authorization is [{ } value]
        && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(_digest, SHA256.HashData(Encoding.UTF8.GetBytes(value[Scheme.Length..])));

    public override string ToString() => "[redacted]";
}
