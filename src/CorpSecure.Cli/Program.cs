using CorpSecure.Cli;
using CorpSecure.Cli.Output;

return await CorpsecProgram.RunAsync(args, Terminal.Console, TimeProvider.System);
