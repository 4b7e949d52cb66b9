using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CorpSecure.Gateway.Registry.Migrations
{
    /// <inheritdoc />
    public partial class KeyLifeCycle : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "active_from",
                schema: "registry",
                table: "keys",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "created_at",
                schema: "registry",
                table: "keys",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()");

            migrationBuilder.AddColumn<string>(
                name: "name",
                schema: "registry",
                table: "keys",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "retired_at",
                schema: "registry",
                table: "keys",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "revocation_reason",
                schema: "registry",
                table: "keys",
                type: "character varying(50)",
                maxLength: 50,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "revoked_at",
                schema: "registry",
                table: "keys",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "thumbprint",
                schema: "registry",
                table: "keys",
                type: "character varying(43)",
                maxLength: 43,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "keys_subject",
                schema: "registry",
                table: "keys",
                column: "subject");

            migrationBuilder.CreateIndex(
                name: "keys_thumbprint",
                schema: "registry",
                table: "keys",
                column: "thumbprint",
                unique: true);

            migrationBuilder.Sql(KeySql.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(KeySql.Drop);

            migrationBuilder.DropIndex(
                name: "keys_subject",
                schema: "registry",
                table: "keys");

            migrationBuilder.DropIndex(
                name: "keys_thumbprint",
                schema: "registry",
                table: "keys");

            migrationBuilder.DropColumn(
                name: "active_from",
                schema: "registry",
                table: "keys");

            migrationBuilder.DropColumn(
                name: "created_at",
                schema: "registry",
                table: "keys");

            migrationBuilder.DropColumn(
                name: "name",
                schema: "registry",
                table: "keys");

            migrationBuilder.DropColumn(
                name: "retired_at",
                schema: "registry",
                table: "keys");

            migrationBuilder.DropColumn(
                name: "revocation_reason",
                schema: "registry",
                table: "keys");

            migrationBuilder.DropColumn(
                name: "revoked_at",
                schema: "registry",
                table: "keys");

            migrationBuilder.DropColumn(
                name: "thumbprint",
                schema: "registry",
                table: "keys");
        }
    }
}
