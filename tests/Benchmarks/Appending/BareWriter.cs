using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Benchmarks.Appending;

/// <summary>Writes what the repository writes, as bytes made beforehand: the least that the SDK can be asked for.</summary>
internal sealed class BareWriter
{
    private readonly Container _container;
    private readonly PartitionKey _partition;
    private readonly string _stream;
    private readonly byte[] _head;
    private readonly JsonObject _event;
    private long _lastVersion;

    private BareWriter(Container container, string stream, JsonObject head, JsonObject storedEvent)
    {
        _container = container;
        _stream = stream;
        _partition = new PartitionKey(stream);
        _head = Encoding.UTF8.GetBytes(Moved(head).ToJsonString());
        _event = Moved(storedEvent);
    }

    /// <summary>A writer of items as large as a stream's head and newest event, in a partition of its own.</summary>
    public static async Task<BareWriter> LikeAsync(Container container, string model, string stream, CancellationToken cancellationToken)
    {
        var head = await ReadAsync(container, model, "head", cancellationToken);
        var newest = await ReadAsync(container, model, $"{head["version"]!.GetValue<long>():D10}", cancellationToken);
        var writer = new BareWriter(container, stream, head, newest);
        using var content = new MemoryStream(writer._head);
        using var created = await container.CreateItemStreamAsync(content, writer._partition, cancellationToken: cancellationToken);
        created.EnsureSuccessStatusCode();
        return writer;
    }

    /// <summary>Reads the head by its id.</summary>
    public async Task<string> ReadHeadAsync(CancellationToken cancellationToken)
    {
        using var head = await _container.ReadItemStreamAsync("head", _partition, cancellationToken: cancellationToken);
        head.EnsureSuccessStatusCode();
        return head.Headers.ETag;
    }

    /// <summary>The bytes of the next event.</summary>
    public MemoryStream NextEvent()
    {
        _event["id"] = $"{++_lastVersion:D10}";
        return new MemoryStream(Encoding.UTF8.GetBytes(_event.ToJsonString()));
    }

    /// <summary>Replaces the head and creates an event, in one batch.</summary>
    public async Task WriteAsync(MemoryStream nextEvent, CancellationToken cancellationToken)
    {
        var quiet = new TransactionalBatchItemRequestOptions { EnableContentResponseOnWrite = false };
        using var response = await _container.CreateTransactionalBatch(_partition)
            .ReplaceItemStream("head", new MemoryStream(_head), quiet)
            .CreateItemStream(nextEvent, quiet)
            .ExecuteAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The bare batch was answered {response.StatusCode}: {response.ErrorMessage}");
        }
    }

    private static async Task<JsonObject> ReadAsync(Container container, string stream, string id, CancellationToken cancellationToken)
    {
        using var response = await container.ReadItemStreamAsync(id, new PartitionKey(stream), cancellationToken: cancellationToken);
        response.EnsureSuccessStatusCode();
        var item = (await JsonNode.ParseAsync(response.Content, cancellationToken: cancellationToken))!.AsObject();
        foreach (var property in item.Select(property => property.Key).Where(key => key.StartsWith('_')).ToList())
        {
            item.Remove(property);
        }

        return item;
    }

    private JsonObject Moved(JsonObject item)
    {
        var moved = item.DeepClone().AsObject();
        moved["stream"] = _stream;
        return moved;
    }
}
