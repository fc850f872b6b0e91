namespace EventFunctions.EventSourcing;

/// <summary>A projection as the runtime sees it: what it is called, which streams it reads, and how it writes into a store.</summary>
public interface IProjectionDefinition
{
    /// <summary>The projection's name, lower-case and hyphenated, e.g. <c>order</c>.</summary>
    string Name { get; }

    /// <summary>The categories of the streams it reads, see <see cref="StreamName.Category"/>.</summary>
    IReadOnlySet<string> Categories { get; }

    /// <summary>The stored kinds of all that it keeps, the projection's name first: the kind of the views that readers see.</summary>
    IReadOnlyList<string> Kinds => [Name];

    /// <summary>The handler that writes the projection's views into a store. Each store gets a handler of its own.</summary>
    /// <param name="views">The store.</param>
    IEventHandler Open(IViewStore views);

    /// <summary>What applies events to a store by the batch, when the projection is rebuilt. It has no effect but on the store.</summary>
    /// <param name="views">The store.</param>
    IEventReplay OpenReplay(IViewStore views);
}
