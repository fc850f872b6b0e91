using EventFunctions.EventSourcing;
using EventFunctions.Projections.Health;

namespace EventFunctions.Projections.Stalled;

/// <summary>Reads the stalled streams of a projection, and how many of their events wait: one point read for each stream of a page.</summary>
/// <param name="stalled">The stalled streams.</param>
/// <param name="events">Knows how far a stream has come.</param>
public sealed class StalledStreamReader(IStalledStreamList stalled, IEventStore events)
{
    /// <summary>A page of the stalled streams.</summary>
    /// <param name="projection">The projection's name.</param>
    /// <param name="pageSize">1 to <see cref="StalledPage.MaxSize"/>.</param>
    /// <param name="continuation">The previous page's, or <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The continuation is not one that a list returned.</exception>
    public async Task<StalledReport> ReadAsync(
        string projection, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        var page = await stalled.ListAsync(projection, pageSize, continuation, cancellationToken);
        var isAll = continuation is null && page.Continuation is null;
        var streams = await Task.WhenAll(page.Streams.Select(async s =>
            StalledStreamReport.Of(s, (await events.LoadHeadAsync(s.Stream, cancellationToken)).Version)));
        var count = isAll ? streams.Length : await stalled.CountAsync(projection, cancellationToken);
        return new StalledReport(count, streams, page.Continuation);
    }
}
