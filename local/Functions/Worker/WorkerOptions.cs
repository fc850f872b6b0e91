using System.Text.Json;
using Azure.Core.Serialization;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Options of the worker.</summary>
public class WorkerOptions
{
    /// <summary>
    /// Serialises trigger payloads, activity inputs and results, and HTTP bodies written by the worker's own types.
    /// By default System.Text.Json with property names as they are, read without regard to case.
    /// </summary>
    public ObjectSerializer? Serializer { get; set; } =
        new JsonObjectSerializer(new JsonSerializerOptions { PropertyNameCaseInsensitive = true });
}
