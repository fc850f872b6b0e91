using System.ComponentModel;
using System.Diagnostics;

namespace EventFunctions.Tests.Support;

/// <summary>What a test needs that runs a script of Node.js.</summary>
public static class NodePackages
{
    /// <summary>Why the script can't run, and what to do; null where it can.</summary>
    /// <param name="folder">The folder of the script and its <c>package.json</c>.</param>
    /// <param name="name">The folder as it is called in the message.</param>
    public static string? WhyMissing(string folder, string name)
    {
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            return $"Run 'npm ci' in {name}.";
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
