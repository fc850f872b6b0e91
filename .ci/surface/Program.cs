using System.Reflection;
using EventFunctions.Local.Functions.Tests.Surface;

// dotnet run --project .ci/surface -- tests/Functions/Surface/packages.txt
//
// The file has a heading "# full.name.of.Type" for each type that local/* declares. What stands below each is written anew; to add a type,
// add its heading first.
var types = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
    .Where(file => Path.GetFileName(file) is var name && !name.StartsWith("System.", StringComparison.Ordinal))
    .SelectMany(file => Assembly.Load(Path.GetFileNameWithoutExtension(file)).GetExportedTypes())
    .GroupBy(type => type.FullName!, StringComparer.Ordinal)
    .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
var written = new List<string>();
foreach (var heading in File.ReadLines(args[0]).Where(line => line.StartsWith('#')))
{
    var name = heading[1..].Trim();
    if (!types.TryGetValue(name, out var type))
    {
        await Console.Error.WriteLineAsync($"error: no package has the type {name}. Take its heading out, or add its package.");
        return 1;
    }

    written.Add(heading);
    written.AddRange(MemberSignatures.Of(type).Order(StringComparer.Ordinal));
    written.Add(string.Empty);
}

await File.WriteAllLinesAsync(args[0], written);
return 0;
