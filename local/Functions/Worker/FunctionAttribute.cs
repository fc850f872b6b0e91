namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a public method as a function; exactly one of its parameters carries the trigger.</summary>
/// <param name="name">The function's name, unique within the app without regard to case.</param>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute(string name) : Attribute
{
    /// <summary>The function's name.</summary>
    public string Name { get; } = name;
}
