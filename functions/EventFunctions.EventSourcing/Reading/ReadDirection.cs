namespace EventFunctions.EventSourcing;

/// <summary>The order in which the events of one stream are read.</summary>
public enum ReadDirection
{
    /// <summary>By rising version: as they happened.</summary>
    Forward,

    /// <summary>By falling version: the newest first.</summary>
    Backward,
}
