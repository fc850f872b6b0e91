using EventFunctions.Infrastructure.Tests.Bicep.Syntax;

namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

/// <summary>Properties of values.</summary>
internal static class Access
{
    /// <summary>A property.</summary>
    /// <param name="safe">Whether it is null where there is none.</param>
    /// <exception cref="EvaluationException">There is none.</exception>
    public static Value Property(Location at, Value target, string name, bool safe) => target switch
    {
        DeferredValue { Inner: UnknownValue unknown } => new DeferredValue(new UnknownValue($"<{unknown.Text.Trim('<', '>')}.{name}>")),
        DeferredValue deferred => Property(at, deferred.Inner, name, safe).Deferred(),
        UnknownValue unknown => new UnknownValue($"<{unknown.Text.Trim('<', '>')}.{name}>"),
        MapValue map when map[name] is { } value => value,
        ResourceValue resource => PropertyOf(resource.Resource, name),
        ModuleValue module when name == "outputs" => module.Module.Outputs(),
        ModuleValue module when name == "name" => new TextValue(module.Module.Name),
        MapValue or NullValue or AbsentValue when safe => Value.Null,
        MapValue => throw new EvaluationException(at, $"there is no property '{name}' in {target}"),
        AbsentValue absent => throw new EvaluationException(at, $"'{absent.Name}' is not deployed here, so it has no '{name}'"),
        _ => throw new EvaluationException(at, $"{target.Kind} has no property '{name}'"),
    };

    /// <summary>An element of an array.</summary>
    /// <param name="safe">Whether it is null where there is none.</param>
    /// <exception cref="EvaluationException">There is none.</exception>
    public static Value Item(Location at, Value target, long index, bool safe) => target switch
    {
        DeferredValue { Inner: UnknownValue unknown } => new DeferredValue(new UnknownValue($"<{unknown.Text.Trim('<', '>')}[{index}]>")),
        DeferredValue deferred => Item(at, deferred.Inner, index, safe).Deferred(),
        UnknownValue unknown => new UnknownValue($"<{unknown.Text.Trim('<', '>')}[{index}]>"),
        ListValue list when index >= 0 && index < list.Items.Count => list.Items[(int)index],
        ListValue or NullValue when safe => Value.Null,
        ListValue list => throw new EvaluationException(at, $"there is no element {index} in an array of {list.Items.Count}"),
        _ => throw new EvaluationException(at, $"{target.Kind} has no elements"),
    };

    private static Value PropertyOf(DeployedResource resource, string name) => name switch
    {
        "id" => new TextValue(resource.Id),
        "name" => new TextValue(resource.Name),
        "type" => new TextValue(resource.Type),
        "apiVersion" => new TextValue(resource.ApiVersion),
        "location" when resource.Body[name] is { } written => written,
        _ => new DeferredValue(new UnknownValue($"<{resource.Type}/{resource.Name}.{name}>")),
    };
}
