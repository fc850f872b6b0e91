using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Wire.HybridRow;

namespace EventFunctions.Local.Cosmos.Wire.Batches;

/// <summary>The two forms of a batch: HybridRow records, which the .NET SDK speaks, and a JSON array, told apart by the first byte.</summary>
internal static class BatchBody
{
    public const string JsonType = "application/json";
    public const string HybridRowType = "application/octet-stream";

    public static bool IsHybridRow(ReadOnlySpan<byte> body) => body is [RowFormat.Version, ..];

    /// <exception cref="RequestRefusedException">It is neither form.</exception>
    public static IReadOnlyList<BatchOperation> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return IsHybridRow(body.Span) ? [.. RecordIo.Read(body).Select(BatchOperationRow.Read)] : ReadJson(body);
        }
        catch (RowFormatException broken)
        {
            throw new RequestRefusedException(400, 0, $"The batch is not valid HybridRow: {broken.Message}");
        }
        catch (JsonException broken)
        {
            throw new RequestRefusedException(400, 0, $"The batch is neither HybridRow nor valid JSON: {broken.Message}");
        }
    }

    public static ReadOnlyMemory<byte> Write(IReadOnlyList<BatchOperationResult> results, bool hybridRow) =>
        hybridRow ? RecordIo.Write(results.Select(BatchResultRow.Write)) : WriteJson(results);

    private static IReadOnlyList<BatchOperation> ReadJson(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body, ItemDocument.ReadOptions);
        StrictText.ThrowIfBroken(body.Span, json.RootElement);
        if (json.RootElement.ValueKind != JsonValueKind.Array || json.RootElement.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.Object))
        {
            throw new JsonException("a batch must be an array of objects.");
        }

        return [.. json.RootElement.EnumerateArray().Select(ReadOperation)];
    }

    private static BatchOperation ReadOperation(JsonElement operation)
    {
        var type = Text(operation, "operationType") switch
        {
            "Create" => BatchOperationType.Create,
            "Upsert" => BatchOperationType.Upsert,
            "Read" => BatchOperationType.Read,
            "Replace" => BatchOperationType.Replace,
            "Delete" => BatchOperationType.Delete,
            "Patch" => BatchOperationType.Patch,
            var other => throw new JsonException($"'{other}' is not an operation."),
        };
        return new BatchOperation(type)
        {
            Id = Text(operation, "id"),
            PartitionKey = Text(operation, "partitionKey"),
            IfMatch = Text(operation, "ifMatch"),
            IfNoneMatch = Text(operation, "ifNoneMatch"),
            Body = operation.TryGetProperty("resourceBody", out var body) ? JsonSerializer.SerializeToUtf8Bytes(body, PatchJson.Options) : default,
        };
    }

    private static string? Text(JsonElement operation, string name) =>
        !operation.TryGetProperty(name, out var value) ? null : value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();

    private static ReadOnlyMemory<byte> WriteJson(IReadOnlyList<BatchOperationResult> results)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, SystemProperties.WriterOptions))
        {
            writer.WriteStartArray();
            foreach (var result in results)
            {
                WriteResult(writer, result);
            }

            writer.WriteEndArray();
        }

        return output.WrittenMemory;
    }

    private static void WriteResult(Utf8JsonWriter writer, BatchOperationResult result)
    {
        writer.WriteStartObject();
        writer.WriteNumber("statusCode", result.Status);
        writer.WriteNumber("subStatusCode", result.SubStatus);
        writer.WriteNumber("requestCharge", result.Charge);
        if (result.ETag is not null)
        {
            writer.WriteString("eTag", result.ETag);
        }

        if (!result.Body.IsEmpty)
        {
            writer.WritePropertyName("resourceBody");
            writer.WriteRawValue(result.Body.Span, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }
}
