using System.Text.Json;
using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.Local.DurableTask;
using EventFunctions.Local.Host;
using EventFunctions.Local.ServiceBus;
using Microsoft.Azure.Cosmos;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.EndToEnd.Tests.PersonalData;

/// <summary>Everything that the local runtime stores, as text, by the place it is in.</summary>
internal static class StorageSearch
{
    /// <summary>The texts of every place.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadAsync(RunningShop shop, TappedPublisher published)
    {
        var places = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var container in Containers())
        {
            places[container] = await ItemsAsync(shop.Runtime, container);
        }
        places["broker"] = ReachableText.From(shop.Runtime.Broker, typeof(ServiceBusBroker).Assembly);
        places["dead letters"] = await DeadLettersAsync(shop.Runtime);
        places["published messages"] = [.. published.Sent];
        await AddOrchestrationsAsync(places, shop.Runtime);
        return places;
    }

    private static List<string> Containers()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "infra", "containers.json")));
        return [.. file.RootElement.GetProperty("containers").EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];
    }

    private static async Task<IReadOnlyList<string>> ItemsAsync(LocalRuntime runtime, string container)
    {
        using var client = new CosmosClient(
            runtime.CosmosConnectionString, EventStoreClientOptions.ForConnectionString(runtime.CosmosConnectionString, "EventFunctions.EndToEnd"));
        var items = new List<string>();
        using var feed = client.GetContainer(LocalRuntime.DatabaseName, container).GetItemQueryIterator<JsonElement>("SELECT * FROM c");
        while (feed.HasMoreResults)
        {
            items.AddRange((await feed.ReadNextAsync()).Select(i => i.GetRawText()));
        }
        return items;
    }

    private static async Task<IReadOnlyList<string>> DeadLettersAsync(LocalRuntime runtime)
    {
        await using var client = runtime.Broker.CreateClient();
        var texts = new List<string>();
        foreach (var (topic, subscription) in Subscriptions.All)
        {
            await using var receiver = client.CreateReceiver(
                topic, subscription, new Azure.Messaging.ServiceBus.ServiceBusReceiverOptions { SubQueue = Azure.Messaging.ServiceBus.SubQueue.DeadLetter });
            texts.AddRange((await receiver.PeekMessagesAsync(1000)).Select(m =>
                $"{m.Body} {m.DeadLetterReason} {m.DeadLetterErrorDescription} {string.Join(' ', m.ApplicationProperties)}"));
        }
        return texts;
    }

    private static async Task AddOrchestrationsAsync(Dictionary<string, IReadOnlyList<string>> places, LocalRuntime runtime)
    {
        var engine = runtime.Services.GetRequiredService<DurableTaskEngine>();
        var (instances, history) = (new List<string>(), new List<string>());
        await foreach (var instance in engine.Client.GetAllInstancesAsync(new OrchestrationQuery { FetchInputsAndOutputs = true }))
        {
            instances.AddRange(new[] { instance.SerializedInput, instance.SerializedOutput, instance.SerializedCustomStatus }.OfType<string>());
            history.AddRange(ReachableText.From(engine.GetHistory(instance.InstanceId), typeof(DurableTaskEngine).Assembly));
        }
        places["orchestrations"] = instances;
        places["orchestrations' history"] = history;
        places["orchestrations' hub"] = ReachableText.From(
            typeof(DurableTaskEngine).GetField("_hub", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.GetValue(engine)!,
            typeof(DurableTaskEngine).Assembly);
    }
}
