namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a function returned. Middleware may put something else in its place.</summary>
public abstract class InvocationResult<T>
{
    /// <summary>The result.</summary>
    public abstract T? Value { get; set; }
}

/// <summary>What a function returned, whatever its type.</summary>
public abstract class InvocationResult : InvocationResult<object>
{
}

/// <summary>A value that a function hands to one of its output bindings.</summary>
public abstract class OutputBindingData<T>
{
    /// <summary>The kind of binding, e.g. <c>http</c>.</summary>
    public abstract string BindingType { get; }

    /// <summary>The binding's name.</summary>
    public abstract string Name { get; }

    /// <summary>The value.</summary>
    public abstract T? Value { get; set; }
}
