global using CorpSecure.Core.Checks;
global using CorpSecure.Core.Decisions;
global using CorpSecure.Core.Inputs;
global using CorpSecure.Core.Policies;
global using CorpSecure.Core.Tests.Builders;
global using static CorpSecure.Core.Tests.Builders.Requests;
