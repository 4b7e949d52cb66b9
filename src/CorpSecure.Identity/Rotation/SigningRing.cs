using System.Security.Cryptography;
using CorpSecure.Identity.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace CorpSecure.Identity.Rotation;

/// <summary>Where the realm's signing keys are. Paths are for the life of a process; what stands in the files may change.</summary>
/// <param name="Others">Published, but not signing: of those to come and those that were. Their public parts suffice.</param>
public sealed record SigningKeyFiles(string Active, IReadOnlyList<string> Others)
{
    private const string ActiveKey = "Identity:SigningKeyFile";
    private const string Previous = "Identity:PreviousSigningKeyFiles";
    private const string Next = "Identity:NextSigningKeyFiles";

    // Of the active key it is told elsewhere when it cannot be used.
    internal static SigningKeyFiles Read(SettingsReader reader) =>
        new(reader.Has(ActiveKey) ? reader.Text(ActiveKey) : "", [.. reader.EachFrom(Previous, Checked), .. reader.EachFrom(Next, Checked)]);

    private static string Checked(string file)
    {
        using var key = SigningRing.LoadPublic(file);
        return file;
    }
}

/// <summary>One key signs, all are published, so that what was signed before a change verifies after it, everywhere.</summary>
public sealed record SigningRing(ECDsaSecurityKey Active, IReadOnlyList<ECDsaSecurityKey> Others)
{
    public IEnumerable<ECDsaSecurityKey> Published => Others.Where(key => key.KeyId != Active.KeyId).DistinctBy(key => key.KeyId).Prepend(Active);

    /// <exception cref="CryptographicException">A file does not hold a key of the kind.</exception>
    public static SigningRing Load(SigningKeyFiles files) =>
        new(IdentityKeys.Named(IdentityKeys.LoadSigning(files.Active)), [.. files.Others.Select(file => IdentityKeys.Named(LoadPublic(file)))]);

    /// <summary>The public part of a key whose private part may be there or, better, gone.</summary>
    /// <exception cref="CryptographicException">Not a P-256 key.</exception>
    internal static ECDsa LoadPublic(string file)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return parameters.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value ? ECDsa.Create(parameters) : throw new CryptographicException("must be a P-256 key in PEM");
    }
}
