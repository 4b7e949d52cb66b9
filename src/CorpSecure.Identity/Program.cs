using CorpSecure.Identity.Hosting;

return await IdentityProgram.RunAsync(args, Console.Out, Console.Error);
