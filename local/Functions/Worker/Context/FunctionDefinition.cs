using System.Collections.Immutable;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>A function as it was found in the app.</summary>
public abstract class FunctionDefinition
{
    /// <summary>The parameters, in order.</summary>
    public abstract ImmutableArray<FunctionParameter> Parameters { get; }

    /// <summary>The path of the assembly that holds the function.</summary>
    public abstract string PathToAssembly { get; }

    /// <summary>The method, as full type name and method name.</summary>
    public abstract string EntryPoint { get; }

    /// <summary>Identifies the function within the app.</summary>
    public abstract string Id { get; }

    /// <summary>The function's name.</summary>
    public abstract string Name { get; }

    /// <summary>The trigger and the input bindings, by parameter name.</summary>
    public abstract IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

    /// <summary>The output bindings, by property name; <c>$return</c> is the result itself.</summary>
    public abstract IImmutableDictionary<string, BindingMetadata> OutputBindings { get; }
}

/// <summary>A binding of a function.</summary>
public abstract class BindingMetadata
{
    /// <summary>The name of the parameter or property.</summary>
    public abstract string Name { get; }

    /// <summary>The kind of binding, e.g. <c>httpTrigger</c>.</summary>
    public abstract string Type { get; }

    /// <summary>Whether the binding gives or takes a value.</summary>
    public abstract BindingDirection Direction { get; }
}

/// <summary>Whether a binding gives or takes a value.</summary>
public enum BindingDirection
{
    /// <summary>Gives one to the function.</summary>
    In,

    /// <summary>Takes one from the function.</summary>
    Out,
}
