using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Discovery;

/// <summary>A function's definition as it was read from its method.</summary>
internal sealed class LocalFunctionDefinition(
    string name, MethodInfo method, IEnumerable<BindingMetadata> inputs, IEnumerable<BindingMetadata> outputs) : FunctionDefinition
{
    public override ImmutableArray<FunctionParameter> Parameters { get; } =
    [
        .. method.GetParameters().Select(p =>
            new FunctionParameter(p.Name!, p.ParameterType, p.HasDefaultValue, p.HasDefaultValue ? p.DefaultValue : null)),
    ];

    public override string PathToAssembly { get; } = method.Module.Assembly.Location;

    public override string EntryPoint { get; } = $"{method.DeclaringType!.FullName}.{method.Name}";

    public override string Id { get; } = name.ToLowerInvariant();

    public override string Name => name;

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } = inputs.ToImmutableDictionary(b => b.Name);

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } = outputs.ToImmutableDictionary(b => b.Name);
}

internal sealed class LocalBindingMetadata(string name, string type, BindingDirection direction) : BindingMetadata
{
    public override string Name => name;

    public override string Type => type;

    public override BindingDirection Direction => direction;
}
