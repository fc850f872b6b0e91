namespace EventFunctions.EventSourcing;

/// <summary>Finds events across streams: for operators and audits, not for the way of a command or a view.</summary>
/// <remarks>
/// It fails with <see cref="StoreUnavailableException"/> when the store cannot be reached or is overloaded. Events of one
/// instant come in an order that stays the same from page to page and is otherwise the store's own.
/// </remarks>
public interface IEventQueries
{
    /// <summary>A page of the events that a query asks for. The effort for a page does not depend on how many come before it.</summary>
    /// <remarks>
    /// Going from page to page, each event that was stored when the first page was read comes once. One that is appended
    /// meanwhile comes if its time lies ahead in the query's order.
    /// </remarks>
    /// <param name="query">Which events, in which order.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidContinuationException">The continuation is not one of this query.</exception>
    /// <exception cref="UnknownEventTypeException">An event's type is not registered.</exception>
    /// <exception cref="EventFormatException">An event cannot be read.</exception>
    Task<EventPage> QueryAsync(EventQuery query, EventPageRequest page, CancellationToken cancellationToken = default);
}
