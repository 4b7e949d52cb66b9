using Microsoft.Extensions.Options;

namespace CorpSecure.Client;

/// <summary>Tells every fault of the options at once, when the client is first made.</summary>
internal sealed class CorpSecureOptionsCheck(string name) : IValidateOptions<CorpSecureOptions>
{
    public ValidateOptionsResult Validate(string? optionsName, CorpSecureOptions options)
    {
        if (optionsName != name)
        {
            return ValidateOptionsResult.Skip;
        }
        var faults = CorpSecureOptions.Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
