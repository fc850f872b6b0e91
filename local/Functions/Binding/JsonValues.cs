using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace EventFunctions.Local.Functions.Binding;

/// <summary>Reads parameters from JSON by the worker's serializer.</summary>
internal static class JsonValues
{
    public static object? Read(FunctionContext context, BinaryData json, Type type, string parameter)
    {
        try
        {
            using var stream = json.ToStream();
            return WorkerSerializer.Of(context).Deserialize(stream, type, context.CancellationToken);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or FormatException or ArgumentException)
        {
            throw new FunctionInputConverterException(
                $"Cannot convert input parameter '{parameter}' to type '{type.FullName}' from its JSON: {exception.Message}", exception);
        }
    }
}
