namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>What connects a part of a function with something outside it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class BindingAttribute : Attribute
{
    /// <summary>Creates the attribute.</summary>
    protected BindingAttribute()
    {
    }
}

/// <summary>A binding that gives a parameter its value.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class InputBindingAttribute : BindingAttribute
{
    /// <summary>Creates the attribute.</summary>
    protected InputBindingAttribute()
    {
    }
}

/// <summary>A binding that takes a function's result, or a property of it.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public abstract class OutputBindingAttribute : BindingAttribute
{
    /// <summary>Creates the attribute.</summary>
    protected OutputBindingAttribute()
    {
    }
}

/// <summary>The binding that starts a function and gives a parameter what started it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerBindingAttribute : BindingAttribute
{
    /// <summary>Creates the attribute.</summary>
    protected TriggerBindingAttribute()
    {
    }
}
