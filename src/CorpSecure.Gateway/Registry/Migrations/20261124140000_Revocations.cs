using System;
using CorpSecure.Gateway.Revocations;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CorpSecure.Gateway.Registry.Migrations
{
    /// <inheritdoc />
    public partial class Revocations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(RevocationSql.Create);

            migrationBuilder.DropTable(
                name: "revoked_tokens",
                schema: "registry");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "revoked_tokens",
                schema: "registry",
                columns: table => new
                {
                    token_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_revoked_tokens", x => x.token_id);
                });

            migrationBuilder.Sql(RevocationSql.Drop);
        }
    }
}
