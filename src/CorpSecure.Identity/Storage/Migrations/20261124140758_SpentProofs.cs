using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CorpSecure.Identity.Storage.Migrations
{
    /// <inheritdoc />
    public partial class SpentProofs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "spent_proofs",
                columns: table => new
                {
                    digest = table.Column<byte[]>(type: "bytea", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_spent_proofs", x => x.digest);
                });

            migrationBuilder.CreateIndex(
                name: "IX_spent_proofs_expires_at",
                table: "spent_proofs",
                column: "expires_at");

            // Clients that may sign people in do so by pushing their requests from now on.
            migrationBuilder.Sql("""
                update oauth_applications set "Permissions" = ("Permissions"::jsonb || '["ept:pushed_authorization"]'::jsonb)::text
                where "Permissions"::jsonb ? 'ept:authorization' and not "Permissions"::jsonb ? 'ept:pushed_authorization'
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "spent_proofs");
        }
    }
}
