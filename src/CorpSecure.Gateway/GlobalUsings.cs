global using AcrValues = CorpSecure.Protocol.Problems.AcrValues;
global using CorpSecureHeaders = CorpSecure.Protocol.Problems.HeaderNames;
