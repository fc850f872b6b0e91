namespace EventFunctions.Local.Cosmos.Store;

/// <summary>
/// Where records go before they are acknowledged. Called in the order of the changes; the task ends when the record, and with it
/// all before it, would survive a crash. Several callers may wait for one flush.
/// </summary>
internal interface IStoreLog
{
    Task AppendAsync(StoreRecord record);
}

/// <summary>Keeps nothing: state lives as long as the process.</summary>
internal sealed class VolatileLog : IStoreLog
{
    public Task AppendAsync(StoreRecord record) => Task.CompletedTask;
}
