using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Options;

namespace EventFunctions.Local.Functions.Durable;

/// <summary>Serialises inputs, results and events by the worker's serializer.</summary>
internal sealed class WorkerDataConverter(IOptions<WorkerOptions> options) : DataConverter
{
    private ObjectSerializer Serializer => options.Value.Serializer
        ?? throw new InvalidOperationException("WorkerOptions.Serializer is null: set it, or leave its default in place.");

    public override string? Serialize(object? value) => value switch
    {
        null => null,
        SerializedPayload payload => payload.Json,
        _ => Serializer.Serialize(value, value.GetType()).ToString(),
    };

    public override object? Deserialize(string? data, Type targetType)
    {
        if (data is null)
        {
            return null;
        }

        using var stream = BinaryData.FromString(data).ToStream();
        return Serializer.Deserialize(stream, targetType, CancellationToken.None);
    }
}
