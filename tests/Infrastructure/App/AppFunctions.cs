using System.Reflection;
using EventFunctions.Composition;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace EventFunctions.Infrastructure.Tests.App;

/// <summary>What the functions of the app ask of their surroundings, by reflection over the built app.</summary>
public static class AppFunctions
{
    /// <summary>The assembly of the app.</summary>
    public static Assembly Assembly { get; } = typeof(EventFunctionsApplication).Assembly;

    /// <summary>The triggers of a kind.</summary>
    public static IReadOnlyList<T> Triggers<T>()
        where T : TriggerBindingAttribute => [.. Bindings().OfType<T>()];

    /// <summary>The connections that bindings name.</summary>
    public static IReadOnlySet<string> Connections() =>
        (from text in Texts() where text.Property.EndsWith("Connection", StringComparison.Ordinal) select text.Value).ToHashSet();

    /// <summary>The settings that bindings name between percent signs: a database, a schedule.</summary>
    public static IReadOnlySet<string> PercentSettings() =>
        (from text in Texts() where text.Value.Length > 2 && text.Value.StartsWith('%') && text.Value.EndsWith('%') select text.Value.Trim('%')).ToHashSet();

    private static IEnumerable<Attribute> Bindings() =>
        from type in Assembly.GetTypes()
        from method in type.GetMethods()
        where method.IsDefined(typeof(FunctionAttribute), inherit: false)
        from parameter in method.GetParameters()
        from attribute in parameter.GetCustomAttributes()
        where attribute is BindingAttribute
        select attribute;

    private static IEnumerable<(string Property, string Value)> Texts() =>
        from binding in Bindings()
        from property in binding.GetType().GetProperties()
        where property.PropertyType == typeof(string)
        let value = (string?)property.GetValue(binding)
        where value is not null
        select (property.Name, value);
}
