using CorpSecure.Cli;
using CorpSecure.Cli.Output;

return await CorpsecProgram.RunAsync(args, Shell.OfProcess(), TimeProvider.System);
