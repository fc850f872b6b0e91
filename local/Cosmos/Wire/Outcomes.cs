using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Wire;

/// <summary>What an operation's outcome is in the protocol: status, substatus, message and charge.</summary>
internal static class Outcomes
{
    public static GatewayResponse ToResponse(ItemResult result, bool minimal, IndexingPolicy policy)
    {
        var outcome = result.Outcome;
        var (status, subStatus) = StatusOf(outcome);
        var response = MessageOf(outcome) is { } message ? GatewayResponse.Error(status, subStatus, message) : new GatewayResponse(status);
        return response with
        {
            Body = outcome.Succeeded ? BodyOf(outcome, minimal) : response.Body,
            ETag = ItemOf(outcome)?.ETag,
            Session = result.Session,
            Charge = ChargeOf(outcome, policy),
        };
    }

    public static (int Status, int SubStatus) StatusOf(ItemOutcome outcome) => outcome switch
    {
        ItemOutcome.Created => (201, 0),
        ItemOutcome.Replaced or ItemOutcome.Found => (200, 0),
        ItemOutcome.Deleted => (204, 0),
        ItemOutcome.NotModified => (304, 0),
        ItemOutcome.NotFound => (404, 0),
        ItemOutcome.AlreadyExists or ItemOutcome.NotUnique => (409, 0),
        ItemOutcome.ETagDiffers => (412, 0),
        ItemOutcome.ConditionFailed => (412, 1110),
        ItemOutcome.DependencyFailed => (424, 0),
        ItemOutcome.Refused refused => (refused.Status, refused.SubStatus),
        _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
    };

    /// <summary>The item that answers the operation; a read always has one, a write unless the client asked for a minimal answer.</summary>
    public static ReadOnlyMemory<byte> BodyOf(ItemOutcome outcome, bool minimal) => outcome switch
    {
        ItemOutcome.Found found => found.Item.Json,
        ItemOutcome.Created or ItemOutcome.Replaced when !minimal => ItemOf(outcome)!.Json,
        _ => default,
    };

    public static StoredItem? ItemOf(ItemOutcome outcome) => outcome switch
    {
        ItemOutcome.Created created => created.Item,
        ItemOutcome.Replaced replaced => replaced.Item,
        ItemOutcome.Found found => found.Item,
        ItemOutcome.NotModified same => same.Item,
        _ => null,
    };

    public static double ChargeOf(ItemOutcome outcome, IndexingPolicy policy) => outcome switch
    {
        ItemOutcome.Found found => RequestCharges.Read(found.Item.Json.Length),
        ItemOutcome.Created or ItemOutcome.Replaced => RequestCharges.Write(ItemOf(outcome)!.Json.Span, policy),
        ItemOutcome.Deleted deleted => RequestCharges.Write(deleted.Last.Json.Span, policy),
        _ => RequestCharges.Minimum,
    };

    private static string? MessageOf(ItemOutcome outcome) => outcome switch
    {
        ItemOutcome.NotFound missing => $"There is no item with the id '{missing.Id}' in this partition.",
        ItemOutcome.AlreadyExists present => $"There is an item with the id '{present.Id}' in this partition already.",
        ItemOutcome.NotUnique same => $"Unique index constraint violation: another item of this partition has what '{same.Id}' would have of a unique key.",
        ItemOutcome.ETagDiffers other => $"The item '{other.Id}' is not the version that the precondition names.",
        ItemOutcome.ConditionFailed failed => $"The patch's condition does not hold for the item '{failed.Id}'.",
        ItemOutcome.DependencyFailed => "Another operation of the batch failed.",
        ItemOutcome.Refused refused => refused.Message,
        _ => null,
    };
}
