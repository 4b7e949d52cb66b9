using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CorpSecure.Gateway.Registry.Migrations
{
    /// <inheritdoc />
    public partial class Registry : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "registry");

            migrationBuilder.CreateTable(
                name: "clients",
                schema: "registry",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    status = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clients", x => x.id);
                    table.CheckConstraint("clients_status", "status in ('active', 'suspended')");
                });

            migrationBuilder.CreateTable(
                name: "entitlements",
                schema: "registry",
                columns: table => new
                {
                    subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    account = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    permissions = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_entitlements", x => new { x.subject, x.account });
                });

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

            migrationBuilder.CreateTable(
                name: "version",
                schema: "registry",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    value = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_version", x => x.id);
                    table.CheckConstraint("version_single", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "keys",
                schema: "registry",
                columns: table => new
                {
                    key_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    client = table.Column<string>(type: "character varying(50)", nullable: false),
                    subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    algorithm = table.Column<string>(type: "text", nullable: false),
                    public_key_pem = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_keys", x => x.key_id);
                    table.CheckConstraint("keys_state", "state in ('active', 'retired', 'revoked')");
                    table.ForeignKey(
                        name: "FK_keys_clients_client",
                        column: x => x.client,
                        principalSchema: "registry",
                        principalTable: "clients",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "users",
                schema: "registry",
                columns: table => new
                {
                    subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    realm = table.Column<string>(type: "text", nullable: false),
                    person = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    client = table.Column<string>(type: "character varying(50)", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    roles = table.Column<string[]>(type: "text[]", nullable: false),
                    tokens_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_users", x => new { x.realm, x.subject });
                    table.CheckConstraint("users_realm", "(realm = 'corporate') = (client is not null) and realm in ('corporate', 'staff')");
                    table.CheckConstraint("users_status", "status in ('active', 'suspended')");
                    table.ForeignKey(
                        name: "FK_users_clients_client",
                        column: x => x.client,
                        principalSchema: "registry",
                        principalTable: "clients",
                        principalColumn: "id");
                });

            migrationBuilder.InsertData(
                schema: "registry",
                table: "version",
                columns: new[] { "id", "value" },
                values: new object[] { 1, 1L });

            migrationBuilder.CreateIndex(
                name: "IX_keys_client",
                schema: "registry",
                table: "keys",
                column: "client");

            migrationBuilder.CreateIndex(
                name: "IX_users_client",
                schema: "registry",
                table: "users",
                column: "client");

            migrationBuilder.Sql(RegistrySql.Finish);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "entitlements",
                schema: "registry");

            migrationBuilder.DropTable(
                name: "keys",
                schema: "registry");

            migrationBuilder.DropTable(
                name: "revoked_tokens",
                schema: "registry");

            migrationBuilder.DropTable(
                name: "users",
                schema: "registry");

            migrationBuilder.DropTable(
                name: "version",
                schema: "registry");

            migrationBuilder.DropTable(
                name: "clients",
                schema: "registry");
        }
    }
}
