using System.Reflection;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.Json;

namespace CorpSecure.Gateway.Hosting;

/// <summary>Finds settings that nobody reads: a mistyped name must not leave a rule at its default in silence.</summary>
/// <remarks>Inside the gateway's own sections everything is examined, wherever it was set; outside of them only what a file holds.</remarks>
public static class UnknownSettings
{
    private const int FurthestGuess = 2;

    public static IEnumerable<string> Faults(IConfigurationRoot configuration)
    {
        var sections = Names(typeof(GatewaySettings));
        foreach (var name in configuration.Providers.SelectMany(TopLevel).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!sections.ContainsKey(name))
                yield return Fault("", name, sections.Keys);
        }

        foreach (var fault in Within(configuration, "", typeof(GatewaySettings), unknownToo: false))
            yield return fault;
        if (configuration.GetSection("Kestrel:Endpoints").Exists())
            yield return "Kestrel:Endpoints: opens doors that nothing guards; use Listeners:Api and Listeners:Ops";
    }

    private static IEnumerable<string> TopLevel(IConfigurationProvider provider) => provider switch
    {
        JsonConfigurationProvider => provider.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase),
        CommandLineConfigurationProvider => provider.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase).Where(name => provider.GetChildKeys([], name).Any()),
        _ => [],
    };

    private static IEnumerable<string> Within(IConfiguration section, string path, Type type, bool unknownToo)
    {
        var names = Names(type);
        foreach (var child in section.GetChildren())
        {
            var childPath = path.Length == 0 ? child.Key : $"{path}:{child.Key}";
            if (!names.TryGetValue(child.Key, out var property))
            {
                if (unknownToo)
                    yield return Fault(path, child.Key, names.Keys);
            }
            else if (IsSection(property.PropertyType))
            {
                foreach (var fault in Within(child, childPath, property.PropertyType, unknownToo: true))
                    yield return fault;
            }
            else if (Element(property.PropertyType) is { } element && IsSection(element))
            {
                foreach (var fault in child.GetChildren().SelectMany(item => Within(item, $"{childPath}:{item.Key}", element, unknownToo: true)))
                    yield return fault;
            }
        }
    }

    private static Dictionary<string, PropertyInfo> Names(Type type) =>
        type.GetProperties().Where(property => property.CanWrite).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);

    private static bool IsSection(Type type) => type.IsClass && type != typeof(string) && Element(type) is null;

    private static Type? Element(Type type) => type.IsArray
        ? type.GetElementType()
        : type.GetInterfaces().Append(type).FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>) && type != typeof(string))
            ?.GetGenericArguments()[0];

    private static string Fault(string path, string name, IEnumerable<string> known)
    {
        var nearest = known.MinBy(candidate => Distance(candidate, name));
        var guess = nearest is not null && Distance(nearest, name) <= FurthestGuess ? $"; did you mean {nearest}?" : $"; known here: {string.Join(", ", known)}";
        return $"{(path.Length == 0 ? name : $"{path}:{name}")}: unknown setting{guess}";
    }

    /// <summary>Levenshtein's.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
