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

    public static void Map(EntityTypeBuilder<SignInSession> session)
    {
        session.ToTable("sessions");
        session.HasIndex(s => s.EndsAt);
    }
}
