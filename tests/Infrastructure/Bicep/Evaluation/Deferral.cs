namespace EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

/// <summary>What is known when.</summary>
public static class Deferral
{
    /// <summary>The value, marked as known only while its file is being deployed.</summary>
    public static Value Deferred(this Value value) => value is DeferredValue or NullValue ? value : new DeferredValue(value);

    /// <summary>The value as it is once everything is known.</summary>
    public static Value Known(this Value value) => value switch
    {
        DeferredValue deferred => deferred.Inner.Known(),
        ListValue list => new ListValue([.. list.Items.Select(Known)]),
        MapValue map => new MapValue([.. map.Entries.Select(e => KeyValuePair.Create(e.Key, e.Value.Known()))]),
        _ => value,
    };

    /// <summary>Whether some part of it is known only while its file is being deployed.</summary>
    public static bool IsDeferred(this Value value) => value switch
    {
        DeferredValue => true,
        ListValue list => list.Items.Any(IsDeferred),
        MapValue map => map.Entries.Any(e => e.Value.IsDeferred()),
        _ => false,
    };
}
