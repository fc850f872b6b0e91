namespace EventFunctions.EventSourcing;

/// <summary>Something that a store keeps, as it was at one moment.</summary>
/// <typeparam name="TKey">Where it is kept.</typeparam>
internal interface IKnownItem<out TKey>
    where TKey : struct
{
    /// <summary>Where it is kept.</summary>
    TKey Key { get; }

    /// <summary>The version of its stream that it shows.</summary>
    long Version { get; }

    /// <summary>The store's concurrency token; <see langword="null"/> when the store does not have it.</summary>
    string? Token { get; }
}
