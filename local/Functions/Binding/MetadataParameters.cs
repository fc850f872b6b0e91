using System.Globalization;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Binding;

/// <summary>Binds parameters to what the trigger knows beside its value, by name.</summary>
internal static class MetadataParameters
{
    public static ParameterBinder? ByName(ParameterInfo parameter)
    {
        var (name, type) = (parameter.Name!, parameter.ParameterType);
        var target = Nullable.GetUnderlyingType(type) ?? type;
        var read = SimpleValues.ReaderOf(type);
        if (read is null && target != typeof(IReadOnlyDictionary<string, object>) && target != typeof(IDictionary<string, object>))
        {
            return null;
        }

        var missing = new ParameterDefault(parameter);
        return (context, _) =>
        {
            if (!context.BindingContext.BindingData.TryGetValue(name, out var value) || value is null)
            {
                return new(missing.Value);
            }

            if (target.IsInstanceOfType(value))
            {
                return new(value);
            }

            return new(Convert(name, target, read, value));
        };
    }

    private static object Convert(string name, Type target, Func<string, object>? read, object value)
    {
        var text = System.Convert.ToString(value, CultureInfo.InvariantCulture)!;
        try
        {
            return read is not null
                ? read(text)
                : throw new FormatException($"A {value.GetType().Name} is not a {target.Name}.");
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            throw new FunctionInputConverterException(
                $"Cannot convert input parameter '{name}' to type '{target.FullName}' from '{text}'.", exception);
        }
    }
}
