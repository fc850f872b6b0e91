using System.Diagnostics;
using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Bicep.Evaluation.Functions;
using EventFunctions.Infrastructure.Tests.Repository;

namespace EventFunctions.Infrastructure.Tests.Compiler;

/// <summary>The compiler of Bicep, where <c>dotnet restore .ci/bicep</c> has brought it into the cache of packages.</summary>
internal static class BicepCompiler
{
    /// <summary>The compiler; null where it is not there.</summary>
    public static string? Path { get; } = Find();

    /// <summary>What it foresees that a deployment with these parameters makes (<c>bicep snapshot</c>).</summary>
    /// <exception cref="InvalidOperationException">It refuses the files; the message says why.</exception>
    public static IReadOnlyList<MapValue> Snapshot(string name, IEnumerable<KeyValuePair<string, Value>> parameters)
    {
        // Not below infra/, whose linter is stricter than a generated file needs; paths in it are relative.
        var folder = Directory.CreateDirectory(RepositoryFiles.Full("artifacts/bicep")).FullName;
        var file = System.IO.Path.Combine(folder, $"{name.Replace(' ', '-')}.bicepparam");
        File.WriteAllText(file, "using '../../infra/main.bicep'\n" + string.Concat(parameters.Select(p => $"param {p.Key} = {Text(p.Value)}\n")));
        Run("snapshot", file, "--mode", "overwrite", "--subscription-id", Scopes.Subscription.Split('/')[2], "--location", "westeurope");
        var snapshot = (MapValue)Json.Read(File.ReadAllText(System.IO.Path.ChangeExtension(file, ".snapshot.json")));
        return [.. ((ListValue)snapshot["predictedResources"]!).Items.Cast<MapValue>()];
    }

    private static string? Find()
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return !Directory.Exists(cache) ? null : Directory.EnumerateDirectories(cache, "azure.bicep.commandline.*")
            .SelectMany(package => Directory.EnumerateDirectories(package))
            .OrderBy(version => Version.TryParse(System.IO.Path.GetFileName(version), out var parsed) ? parsed : new Version())
            .Select(version => System.IO.Path.Combine(version, "tools", OperatingSystem.IsWindows() ? "bicep.exe" : "bicep"))
            .LastOrDefault(File.Exists);
    }

    private static void Run(params string[] arguments)
    {
        using var compiler = Process.Start(new ProcessStartInfo(Path!, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        if (compiler.ExitCode != 0)
        {
            throw new InvalidOperationException($"bicep {string.Join(' ', arguments)} ended with {compiler.ExitCode}: {errors}");
        }
    }

    private static string Text(Value value) => value switch
    {
        TextValue text => $"'{text.Text.Replace("'", "\\'", StringComparison.Ordinal)}'",
        MapValue map => $"{{\n{string.Concat(map.Entries.Select(e => $"  {e.Key}: {Text(e.Value)}\n"))}}}",
        _ => $"{value}",
    };
}

/// <summary>A test with data that needs Node.js and the compiler; skipped, with what to do, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CompilerTheoryAttribute : TheoryAttribute
{
    public CompilerTheoryAttribute() =>
        Skip = BicepFactAttribute.Missing ?? (BicepCompiler.Path is null ? "Run 'dotnet restore .ci/bicep': it brings the Bicep compiler." : null);
}
