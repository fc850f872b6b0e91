using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Binding;

/// <summary>What a parameter gets when nothing has a value for it.</summary>
internal sealed class ParameterDefault
{
    private readonly string _name;
    private readonly object? _value;
    private readonly bool _exists;

    public ParameterDefault(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        _name = parameter.Name!;
        _exists = parameter.HasDefaultValue || !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
        // A value type's 'default' is stored as null.
        _value = parameter.HasDefaultValue
            ? parameter.DefaultValue ?? (type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null)
            : null;
    }

    public object? Value => _exists
        ? _value
        : throw new FunctionInputConverterException($"There is no value for parameter '{_name}', and it has no default.");
}
