using System.Text.Json.Nodes;

namespace EventFunctions.EventSourcing.Tests.Sample;

/// <summary>How money was added before there were notes; the number had another name.</summary>
[RetiredEvent("money-added", 1)]
public sealed record MoneyAddedV1(int Sum);

public sealed class MoneyAddedV1Upcaster : IEventUpcaster
{
    public Type Shape => typeof(MoneyAddedV1);

    public JsonObject Upcast(JsonObject data) => new() { ["amount"] = data["sum"]!.DeepClone(), ["note"] = "of old" };
}
