using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CorpSecure.Identity.Storage.Migrations
{
    /// <inheritdoc />
    public partial class SessionsAndRevocations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Address",
                table: "sessions",
                type: "character varying(45)",
                maxLength: 45,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ClientId",
                table: "sessions",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "LastSeenAt",
                table: "sessions",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.CreateIndex(
                name: "IX_sessions_UserId",
                table: "sessions",
                column: "UserId");

            // Whatever revokes an access token, a replayed code included, tells the gateway in the same transaction.
            // registry.revoke is the gateway's; it need not be there yet, but nothing can be revoked without it.
            migrationBuilder.Sql("""
                create function tell_of_revoked_token() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
                begin
                    perform registry.revoke('token', new."Id", coalesce(new."ExpirationDate", now() + interval '1 day'));
                    return null;
                end $$;

                create trigger tell_of_revoked_token after update on oauth_tokens for each row
                    when (new."Type" = 'urn:ietf:params:oauth:token-type:access_token' and new."Status" = 'revoked' and old."Status" is distinct from 'revoked')
                    execute function tell_of_revoked_token();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop trigger tell_of_revoked_token on oauth_tokens; drop function tell_of_revoked_token();");

            migrationBuilder.DropIndex(
                name: "IX_sessions_UserId",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "Address",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "ClientId",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "LastSeenAt",
                table: "sessions");
        }
    }
}
