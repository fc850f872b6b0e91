using EventFunctions.Infrastructure.Tests.Bicep.Model;

namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

/// <summary>Makes a resource of its declaration.</summary>
internal sealed class ResourceDeployment(ModuleInstance module, Resource resource, Evaluator evaluator)
{
    /// <summary>The resource; it is a part of the deployment from now on.</summary>
    /// <exception cref="EvaluationException">The compiler or Azure would refuse it.</exception>
    public DeployedResource Run()
    {
        var parent = Parent();
        var names = (parent?.Names ?? []).Concat(OwnNames(parent)).ToList();
        var (type, version) = TypeBelow(parent);
        if (names.Count != type.Split('/').Length - 1)
        {
            throw new EvaluationException(resource.At, $"the name of a {type} has {type.Split('/').Length - 1} segments, not {names.Count}");
        }

        Dependencies.Check(resource.Body, evaluator);
        var deployed = new DeployedResource(
            resource.At, type, version, names, Scope(parent), resource.IsExisting,
            evaluator.EvaluateObject(resource.Body, "name", "parent", "scope", "dependsOn"), module.File.TargetScope);
        module.Deployment.All.Add(deployed);
        return deployed;
    }

    private DeployedResource? Parent()
    {
        var parent = resource.Outer is { } outer
            ? module.Resolve(new Name(resource.At, outer))
            : resource.Body["parent"] is { } written ? evaluator.Evaluate(written) : null;
        return parent switch
        {
            null => null,
            ResourceValue value => value.Resource,
            _ => throw new EvaluationException(resource.At, $"a parent is a resource, not {parent.Kind}"),
        };
    }

    private string[] OwnNames(DeployedResource? parent)
    {
        var written = resource.Body["name"] ?? throw new EvaluationException(resource.At, "it has no name");
        var name = evaluator.Evaluate(written);
        if (name.IsDeferred())
        {
            throw new EvaluationException(written.At, "a name must be known before the deployment (BCP120)");
        }

        return name switch
        {
            TextValue or UnknownValue when parent is null => $"{name}".Split('/'),
            TextValue or UnknownValue => [$"{name}"],
            _ => throw new EvaluationException(written.At, $"a name is a string, not {name.Kind}"),
        };
    }

    private (string Type, string Version) TypeBelow(DeployedResource? parent)
    {
        var type = resource.Outer is null ? resource.Type : $"{parent!.Type}/{resource.Type}";
        if (parent is not null && !type.StartsWith($"{parent.Type}/", StringComparison.OrdinalIgnoreCase))
        {
            throw new EvaluationException(resource.At, $"a {type} does not lie in a {parent.Type}");
        }

        return (type, resource.ApiVersion ?? parent?.ApiVersion ?? throw new EvaluationException(resource.At, $"'{type}' has no version"));
    }

    private string Scope(DeployedResource? parent) => resource.Body["scope"] is { } written
        ? Scopes.IdOf(evaluator.Evaluate(written).Known()) ?? throw new EvaluationException(written.At, "this is no scope")
        : parent?.Scope ?? module.Scope;
}
