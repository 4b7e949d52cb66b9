using System.Reflection;
using CorpSecure.Core.Checks;
using NetArchTest.Rules;

namespace CorpSecure.Architecture.Tests;

/// <summary>The decision point as it was compiled: facts in, decision out, nothing else.</summary>
public sealed class CorePurityTests
{
    private static readonly string[] World =
    [
        "System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.Net.Sockets", "System.Net.Http", "System.Diagnostics.Process",
        "System.Console", "System.Environment", "System.Random", "System.Security.Cryptography.RandomNumberGenerator", "System.TimeProvider",
        "System.Diagnostics.Stopwatch", "System.Threading.Timer", "System.Threading.Tasks.Task", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore",
        "Microsoft.Extensions", "Npgsql", "Serilog",
    ];

    [Fact]
    public void The_core_touches_nothing_of_the_world() => Outsiders(typeof(CheckCatalog).Assembly, "CorpSecure.Core").ShouldBeEmpty();

    [Theory]
    [InlineData(typeof(ReadsAFile))]
    [InlineData(typeof(OpensASocket))]
    [InlineData(typeof(KnowsTheTime))]
    public void The_rule_notices_a_type_that_does(Type sample) =>
        Outsiders(sample.Assembly, "CorpSecure.Architecture.Tests").ShouldContain(name => name.EndsWith(sample.Name, StringComparison.Ordinal));

    [Fact]
    public void Every_check_there_is_stands_in_the_catalog() =>
        typeof(CheckCatalog).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ICheck)))
            .ShouldBe(CheckCatalog.All.Select(check => check.GetType()).Distinct(), ignoreOrder: true);

    [Fact]
    public void The_core_refers_only_to_the_protocol_and_the_platform() =>
        typeof(CheckCatalog).Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name != "CorpSecure.Protocol").ShouldBeEmpty();

    private static IEnumerable<string> Outsiders(Assembly assembly, string space) =>
        Types.InAssembly(assembly).That().ResideInNamespace(space).ShouldNot().HaveDependencyOnAny(World).GetResult().FailingTypeNames ?? [];

    private static class ReadsAFile
    {
        public static string Read(string path) => File.ReadAllText(path);
    }

    private static class OpensASocket
    {
        public static System.Net.Sockets.TcpClient Open(string host) => new(host, 1);
    }

    private static class KnowsTheTime
    {
        public static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();
    }
}
