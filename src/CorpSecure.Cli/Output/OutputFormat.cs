namespace CorpSecure.Cli.Output;

internal enum OutputFormat
{
    Table,
    Json,
}
