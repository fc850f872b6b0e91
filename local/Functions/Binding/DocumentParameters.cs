using System.Reflection;
using EventFunctions.Local.Functions.Invocation;

namespace EventFunctions.Local.Functions.Binding;

/// <summary>Binds the changes of a Cosmos DB container.</summary>
internal static class DocumentParameters
{
    public static ParameterBinder? Trigger(ParameterInfo parameter, bool isTrigger)
    {
        var (name, type) = (parameter.Name!, parameter.ParameterType);
        if (!isTrigger)
        {
            return null;
        }

        if (type == typeof(string))
        {
            return static (_, input) => new(((TriggerInput.Documents)input).Json.ToString());
        }

        return type.IsArray || IsList(type)
            ? (context, input) => new(JsonValues.Read(context, ((TriggerInput.Documents)input).Json, type, name))
            : null;
    }

    private static bool IsList(Type type) =>
        type.IsGenericType
        && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(IReadOnlyList<>) || definition == typeof(IReadOnlyCollection<>)
            || definition == typeof(IEnumerable<>) || definition == typeof(IList<>) || definition == typeof(List<>));
}
