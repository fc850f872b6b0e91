using System.ComponentModel;
using System.Diagnostics;

namespace EventFunctions.CatalogGenerator.Tests.OpenApi;

/// <summary>A test that needs Node.js and the packages of tests/CatalogGenerator/MetaCheck; skipped, with what to do, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = Reason();

    public static string Directory { get; } = Path.Combine(
        Repository.Around(AppContext.BaseDirectory).Root, "tests", "CatalogGenerator", "MetaCheck");

    private static string? Reason()
    {
        if (!System.IO.Directory.Exists(Path.Combine(Directory, "node_modules")))
        {
            return "Run 'npm ci' in tests/CatalogGenerator/MetaCheck.";
        }

        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { UseShellExecute = false, RedirectStandardOutput = true })!;
            node.WaitForExit();
            return null;
        }
        catch (Win32Exception)
        {
            return "Install Node.js.";
        }
    }
}
