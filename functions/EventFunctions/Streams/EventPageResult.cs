using EventFunctions.EventSourcing;
using EventFunctions.Http;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Streams;

/// <summary>Answers with pages of events.</summary>
/// <param name="serializer">Writes the events.</param>
public sealed class EventPageResult(EventSerializer serializer)
{
    /// <summary>How many events a page holds unless the request tells.</summary>
    public const int UsualPageSize = 50;

    /// <summary>
    /// 200 with the page, every event in the newest shape whatever it was stored in; 400 for a continuation of another
    /// question; 500 that names the event where one cannot be read, as the callers are those who can mend it.
    /// </summary>
    public async Task<IResult> OfAsync(Func<Task<EventPage>> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            var page = await read();
            return new ApiResult(StatusCodes.Status200OK, new EventPageResponse([.. page.Events.Select(serializer.Write)], page.Continuation));
        }
        catch (InvalidContinuationException exception)
        {
            throw new ProblemException(Problem.Invalid("continuation", "Must be the continuation of the page before, to the same question."), exception);
        }
        catch (Exception exception) when (exception is UnknownEventTypeException or EventFormatException or StreamCorruptedException)
        {
            throw new ProblemException(
                new Problem(StatusCodes.Status500InternalServerError, "event-unreadable", "An event on this page cannot be read.", exception.Message),
                exception);
        }
    }
}

/// <summary>A page of events.</summary>
/// <param name="Items">The events in the order that was asked for.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record EventPageResponse(IReadOnlyList<EventDocument> Items, string? Continuation);
