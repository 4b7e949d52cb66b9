using Microsoft.EntityFrameworkCore;

namespace CorpSecure.Gateway.Ops;

/// <summary>A decision, or a count of refusals, as the list shows it.</summary>
public sealed class SummaryRow
{
    public Guid Id { get; init; }

    public DateTime At { get; init; }

    public required string Lane { get; init; }

    public long Epoch { get; init; }

    public long Counter { get; init; }

    public required string Listener { get; init; }

    public string? Method { get; init; }

    public string? Route { get; init; }

    public string? Client { get; init; }

    public string? Subject { get; init; }

    public required string Verdict { get; init; }

    public required string Enforcement { get; init; }

    public required string[] Reasons { get; init; }

    public int? Status { get; init; }

    public required string PolicyVersion { get; init; }

    public required string Replica { get; init; }

    public long Count { get; init; }
}

public sealed class OutcomeRow
{
    public Guid Id { get; init; }

    public DateTime At { get; init; }

    public required string State { get; init; }

    public int? Status { get; init; }
}

/// <summary>An entry's place and content, for one decision's page.</summary>
public sealed class EntryRow
{
    public required string Lane { get; init; }

    public long Epoch { get; init; }

    public long Counter { get; init; }

    public short Kind { get; init; }

    public DateTime At { get; init; }

    public Guid Id { get; init; }

    public required byte[] Hash { get; init; }

    public Guid? SubjectKey { get; init; }

    public byte[]? Sealed { get; init; }
}

public sealed class LaneRow
{
    public required string Lane { get; init; }

    public long Counter { get; init; }
}

/// <summary>Read-only: what ops people ask of the ledger.</summary>
public sealed class OpsContext(DbContextOptions<OpsContext> options) : DbContext(options)
{
    public IQueryable<SummaryRow> Summaries => Set<SummaryRow>().AsNoTracking();

    public IQueryable<OutcomeRow> Outcomes => Set<OutcomeRow>().AsNoTracking();

    public IQueryable<EntryRow> Entries => Set<EntryRow>().AsNoTracking();

    public IQueryable<LaneRow> Lanes => Set<LaneRow>().AsNoTracking();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SummaryRow>().HasNoKey().ToView("summaries", "decisions");
        modelBuilder.Entity<OutcomeRow>().HasNoKey().ToView("outcomes", "decisions");
        modelBuilder.Entity<EntryRow>().HasNoKey().ToView("entries", "ledger");
        modelBuilder.Entity<LaneRow>().HasNoKey().ToView("lanes", "ledger");
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(SnakeCase(property.Name));
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
