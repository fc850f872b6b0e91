using System.Text.Json;
using System.Text.RegularExpressions;

namespace EventFunctions.Infrastructure.Tests.ResourceTypes;

/// <summary>A resource type as its reference describes it, so far as infra/ uses it.</summary>
/// <param name="Type">E.g. <c>Microsoft.ServiceBus/namespaces/topics</c>.</param>
/// <param name="ApiVersion">The one version in use.</param>
/// <param name="Source">The page that says so.</param>
/// <param name="NamePattern">What its own name may be, by https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules.</param>
/// <param name="IsForSubscriptions">Whether it can be deployed to a subscription.</param>
/// <param name="Body">What may be said of it.</param>
/// <param name="Reads">The paths that can be asked for once it is deployed, beside id, name, type and version.</param>
public sealed record ResourceType(
    string Type, string ApiVersion, Uri Source, Regex NamePattern, bool IsForSubscriptions, Shape Body, IReadOnlyList<string> Reads)
{
    /// <summary>Reads a file of the table.</summary>
    public static ResourceType Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new ResourceType(
            root.GetProperty("type").GetString()!,
            root.GetProperty("apiVersion").GetString()!,
            new Uri(root.GetProperty("source").GetString()!),
            new Regex(root.GetProperty("name").GetString()!, RegexOptions.None, TimeSpan.FromSeconds(5)),
            root.TryGetProperty("forSubscriptions", out var forSubscriptions) && forSubscriptions.GetBoolean(),
            Shape.Read(root.GetProperty("body")),
            root.TryGetProperty("reads", out var reads) ? [.. reads.EnumerateArray().Select(r => r.GetString()!)] : []);
    }
}
