using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventFunctions.EventSourcing;

namespace EventFunctions.CatalogGenerator.Sources;

/// <summary>Where an event comes from.</summary>
/// <param name="Context">The bounded context.</param>
/// <param name="Aggregate">The aggregate whose decisions raise it.</param>
/// <param name="Category">The category of the aggregate's streams.</param>
/// <param name="Commands">The commands that can lead to it.</param>
internal sealed record EventOrigin(string Context, Type Aggregate, string Category, IReadOnlyList<Type> Commands)
{
    private const string StreamOfMethod = "StreamOf";

    /// <summary>The origin of an event.</summary>
    /// <exception cref="CatalogException">The code does not tell.</exception>
    public static EventOrigin Of(Type type)
    {
        var aggregate = type.Assembly.GetTypes().SingleOrDefault(t => IsAggregateOf(t, type))
            ?? throw new CatalogException($"{type.Name} is an event of no aggregate, or of several. Let one IAggregate<,> take it.");
        var commands = type.GetCustomAttribute<RaisedByAttribute>()?.Commands
            ?? throw new CatalogException($"{type.Name} does not say which commands raise it. Mark it [RaisedBy(...)].");
        var category = (string)aggregate.GetProperty(nameof(IAggregate<,>.Category), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        return new EventOrigin(type.Namespace!.Split('.')[^1], aggregate, category, commands);
    }

    /// <summary>The stream that holds an event with these data.</summary>
    /// <exception cref="CatalogException">The data do not name the aggregate.</exception>
    public StreamName StreamOf(JsonObject data)
    {
        var method = Aggregate.GetMethod(StreamOfMethod, BindingFlags.Public | BindingFlags.Static)
            ?? throw new CatalogException($"{Aggregate.Name} has no {StreamOfMethod}(id, tenant), so nothing tells the stream of its events.");
        var id = method.GetParameters()[0];
        return data[id.Name!] is { } value
            ? (StreamName)method.Invoke(null, [value.Deserialize(id.ParameterType, EventJson.Options), null])!
            : throw new CatalogException($"An event of {Aggregate.Name} has no field '{id.Name}', so nothing tells its stream.");
    }

    private static bool IsAggregateOf(Type candidate, Type type) => candidate.GetInterfaces().Any(i =>
        i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IAggregate<,>) && i.GetGenericArguments()[1].IsAssignableFrom(type));
}
