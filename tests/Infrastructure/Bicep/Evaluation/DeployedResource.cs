using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

/// <summary>A resource as it would be sent to Azure.</summary>
/// <param name="At">Where it is declared.</param>
/// <param name="Type">The whole type, e.g. <c>Microsoft.ServiceBus/namespaces/topics</c>.</param>
/// <param name="ApiVersion">The version of the type.</param>
/// <param name="Names">Its name, after those of the resources it lies in.</param>
/// <param name="Scope">The id of the resource, resource group or subscription that it belongs to.</param>
/// <param name="IsExisting">Whether it is only referred to.</param>
/// <param name="Body">Its properties, without <c>name</c>, <c>parent</c>, <c>scope</c> and <c>dependsOn</c>.</param>
/// <param name="TargetScope">What the file that declares it is deployed to.</param>
public sealed record DeployedResource(
    Location At, string Type, string ApiVersion, IReadOnlyList<string> Names, string Scope, bool IsExisting, MapValue Body, string TargetScope)
{
    /// <summary>Its own name.</summary>
    public string Name => Names[^1];

    /// <summary>Its id, e.g. <c>/subscriptions/…/resourceGroups/…/providers/Microsoft.ServiceBus/namespaces/a/topics/b</c>.</summary>
    public string Id
    {
        get
        {
            var types = Type.Split('/');
            var path = string.Join('/', types[1..].Zip(Names, (type, name) => $"{type}/{name}"));
            return Type == "Microsoft.Resources/resourceGroups" ? $"{Scope}/resourceGroups/{Name}" : $"{Scope}/providers/{types[0]}/{path}";
        }
    }

    /// <summary>A property at a path with dots; null where there is none.</summary>
    public Value? Property(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Value? value = Body;
        foreach (var step in path.Split('.'))
        {
            value = (value?.Known() as MapValue)?[step];
        }

        return value;
    }
}
