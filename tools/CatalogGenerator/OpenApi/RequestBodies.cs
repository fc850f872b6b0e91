using System.Reflection;
using System.Text.Json.Nodes;
using FluentValidation;

namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>What the app makes of request bodies, and examples that it takes.</summary>
/// <param name="app">Has the validators.</param>
/// <param name="examples">Where the examples are that cannot be made up.</param>
internal sealed class RequestBodies(Assembly app, string examples)
{
    /// <summary>Reads and validates bodies of a type as the app does.</summary>
    public BodyReader ReaderOf(Type type) => new(type, ValidatorOf(type));

    /// <summary>A body that the operation takes.</summary>
    /// <param name="operation">The operation's id.</param>
    /// <param name="type">The body's type.</param>
    /// <param name="schema">The body's schema.</param>
    /// <param name="definitions">What the schema refers to.</param>
    /// <exception cref="CatalogException">The example is not valid.</exception>
    public JsonObject ExampleOf(string operation, Type type, JsonObject schema, JsonObject definitions)
    {
        var path = Path.Combine(examples, $"{operation}.json");
        var example = File.Exists(path)
            ? JsonNode.Parse(File.ReadAllText(path))!.AsObject()
            : BodyExample.Of(schema, definitions);
        return ReaderOf(type).ProblemsOf(example) is { Count: > 0 } problems
            ? throw new CatalogException(
                $"The example of the body of {operation} is not valid: {string.Join("; ", problems)}. Put a valid one into '{path}'. It was: {example.ToJsonString()}")
            : example;
    }

    private IValidator? ValidatorOf(Type type)
    {
        var wanted = typeof(IValidator<>).MakeGenericType(type);
        return app.GetTypes()
            .Where(t => !t.IsAbstract && wanted.IsAssignableFrom(t) && t.GetConstructor(Type.EmptyTypes) is not null)
            .Select(t => (IValidator)Activator.CreateInstance(t)!)
            .FirstOrDefault();
    }
}
