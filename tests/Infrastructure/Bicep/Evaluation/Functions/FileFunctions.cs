using System.Text;

namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation.Functions;

/// <summary>Functions that read files beside the Bicep file (https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-files).</summary>
internal static class FileFunctions
{
    public static Dictionary<string, BuiltIn> All { get; } = new()
    {
        ["loadJsonContent"] = (site, a) => a.Count == 1
            ? Json.Read(Load(site, a.Text(0)))
            : throw new ArgumentException("the checks do not know a path in the file", nameof(a)),
        ["loadTextContent"] = (site, a) => new TextValue(Load(site, a.Text(0))),
        ["loadFileAsBase64"] = (site, a) => new TextValue(Convert.ToBase64String(Encoding.UTF8.GetBytes(Load(site, a.Text(0))))),
    };

    private static string Load(CallSite site, string path)
    {
        var folder = Path.GetDirectoryName(site.Module.File.Path)!;
        var full = Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", folder, path))).Replace('\\', '/');
        try
        {
            return site.Module.Deployment.Sources.ReadText(full);
        }
        catch (IOException exception)
        {
            throw new ArgumentException($"'{full}' can't be read: {exception.Message}", nameof(path), exception);
        }
    }
}
