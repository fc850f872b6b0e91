using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace EventFunctions.Tests.Support;

/// <summary>Validates JSON against a JSON Schema, formats included, with an implementation that is not ours.</summary>
public sealed class SchemaCheck
{
    private static readonly EvaluationOptions Evaluation = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly JsonSchema _schema;

    /// <summary>Reads a schema; one that is no schema of its dialect is refused.</summary>
    public SchemaCheck(JsonObject schema) =>
        _schema = JsonSchema.Build(JsonSerializer.SerializeToElement(schema), new BuildOptions { SchemaRegistry = new SchemaRegistry() });

    /// <summary>What is wrong with the JSON, a sentence each; empty if it is valid.</summary>
    public IReadOnlyList<string> ProblemsOf(JsonNode? json)
    {
        var results = _schema.Evaluate(JsonSerializer.SerializeToElement(json), Evaluation);
        var problems = (results.Details ?? [])
            .SelectMany(d => (d.Errors ?? []).Select(e => $"{d.InstanceLocation}: {e.Key}: {e.Value}"))
            .ToList();
        if (results.IsValid)
        {
            return [];
        }

        return problems.Count > 0 ? problems : ["not valid"];
    }
}
