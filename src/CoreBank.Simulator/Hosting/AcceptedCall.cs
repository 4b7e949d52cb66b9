using CoreBank.Simulator.Accounts;
using CoreBank.Simulator.Assertions;

namespace CoreBank.Simulator.Hosting;

/// <summary>What endpoints may rely on: the caller was verified, and the body is the one the assertion vouches for.</summary>
public sealed record AcceptedCall(Caller Caller, CorporateClient Client, ReadOnlyMemory<byte> Body, string BodyDigest);
