global using CorpSecure.Ledger.Entries;
global using CorpSecure.Ledger.Lanes;
global using CorpSecure.Ledger.Tests.Databases;
global using Npgsql;
