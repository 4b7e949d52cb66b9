using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CorpSecure.Identity.Sessions;

/// <summary>A session lives on the server, so that signing out ends it even for whoever kept a copy of its cookie.</summary>
public sealed class SignInSession
{
    public Guid Id { get; set; }

    public string UserId { get; set; } = "";

    /// <summary>The user's security stamp at the start; a new password or authenticator ends the session.</summary>
    public string Stamp { get; set; } = "";

    public string Acr { get; set; } = "";

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset EndsAt { get; set; }

    /// <summary>The last use of cookie or refresh token, not finer than <see cref="SessionRegister.TouchEvery"/>.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>The application the person signed in for; others may have joined the session since.</summary>
    public string? ClientId { get; set; }

    /// <summary>Where the sign-in came from, shown to its user and to nobody else.</summary>
    public string? Address { get; set; }

    public static void Map(EntityTypeBuilder<SignInSession> session)
    {
        session.ToTable("sessions");
        session.HasIndex(s => s.EndsAt);
        session.HasIndex(s => s.UserId);
        session.Property(s => s.ClientId).HasMaxLength(100);
        session.Property(s => s.Address).HasMaxLength(45);
    }
}
