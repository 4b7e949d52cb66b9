using Spectre.Console;

namespace CorpSecure.Cli.Output;

/// <summary>Rows for a person (a table that fits the terminal) or for a pipe (aligned columns, one row a line, nothing cut).</summary>
internal sealed class TableText(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string?[] cells) => _rows.Add([.. cells.Select(Shell.Harmless)]);

    public void Write(Shell shell)
    {
        if (shell.IsInteractive)
        {
            WriteTable(shell.ToSpectre());
        }
        else
        {
            WriteColumns(shell.Out);
        }
    }

    private void WriteTable(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(Markup.Escape(column));
        }
        foreach (var row in _rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }
        console.Write(table);
    }

    private void WriteColumns(TextWriter output)
    {
        var lines = _rows.Prepend([.. columns.Select(c => c.ToUpperInvariant())]).ToList();
        var widths = columns.Select((_, i) => lines.Max(line => WidthOf(line[i]))).ToArray();
        foreach (var line in lines)
        {
            output.WriteLine(string.Join("  ", line.Select((cell, i) => cell + new string(' ', widths[i] - WidthOf(cell)))).TrimEnd());
        }
    }

    /// <summary>Chinese characters are two columns wide.</summary>
    private static int WidthOf(string text) => Spectre.Console.Rendering.Segment.CellCount([new Spectre.Console.Rendering.Segment(text)]);
}
