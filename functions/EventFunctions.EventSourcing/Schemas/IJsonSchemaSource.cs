using System.Text.Json.Nodes;

namespace EventFunctions.EventSourcing;

/// <summary>
/// Implemented by a JSON converter that writes a value in a form of its own: says which form, beside the code that reads and
/// writes it, so that a published schema and what is really written change together.
/// </summary>
public interface IJsonSchemaSource
{
    /// <summary>The name by which schemas refer to the form: lower-case words joined by hyphens, e.g. <c>money</c>.</summary>
    string SchemaName { get; }

    /// <summary>The form as JSON Schema, draft 2020-12: what is written, and so what a reader can count on.</summary>
    /// <param name="schemaOf">The schema of a type that is part of the form.</param>
    JsonObject Schema(Func<Type, JsonObject> schemaOf);
}
