using EventFunctions.EventSourcing;
using EventFunctions.Projections.Health;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.Logging;
using Moq;

namespace EventFunctions.Tests.Projections;

public sealed class ProgressFlushTests : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly OperatorWorld _world = new();
    private readonly Mock<ILogger<ProgressFlush>> _logger = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task What_was_seen_is_kept_once_a_round_however_many_events_it_was_and_nothing_when_there_was_none()
    {
        using var flush = await StartAsync();
        var events = await _world.AppendOrderAsync();
        await _world.DeliverAsync(events);
        var saves = _world.Views.Saves;

        _world.Clock.Advance(Interval);
        await Eventually.HoldsAsync(async () => await KeptAsync() == ProjectionPosition.Of(events[^1]), "the position is kept");
        Assert.Equal(saves + 1, _world.Views.Saves);

        _world.Clock.Advance(Interval);
        await flush.StopAsync(CancellationToken.None);
        Assert.Equal(saves + 1, _world.Views.Saves);
    }

    [Fact]
    public async Task A_stop_keeps_what_was_seen_since_the_last_round()
    {
        using var flush = await StartAsync();
        var events = await _world.AppendOrderAsync();
        await _world.DeliverAsync(events);

        await flush.StopAsync(CancellationToken.None);

        Assert.Equal(ProjectionPosition.Of(events[^1]), await KeptAsync());
    }

    [Fact]
    public async Task What_could_not_be_kept_is_told_and_kept_with_the_next_round()
    {
        using var flush = await StartAsync();
        var events = await _world.AppendOrderAsync();
        await _world.DeliverAsync(events);
        _world.Views.IsAway = true;
        _world.Clock.Advance(Interval);
        await Eventually.HoldsAsync(() => _logger.Invocations.Any(i => i.Arguments[0] is LogLevel.Warning), "the failure is told");
        _world.Views.IsAway = false;

        await Eventually.HoldsAsync(
            async () =>
            {
                _world.Clock.Advance(Interval);
                return await KeptAsync() == ProjectionPosition.Of(events[^1]);
            },
            "the position is kept");
        await flush.StopAsync(CancellationToken.None);
    }

    private async Task<ProgressFlush> StartAsync()
    {
        var flush = new ProgressFlush(
            _world.Get<IEnumerable<IProjectionDefinition>>(),
            _world.Get<ProjectionActivity>(),
            _world.Get<ProjectionProgressLog>(),
            Interval,
            _world.Clock,
            _logger.Object);
        await flush.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => _world.Clock.PendingTimers > 0, "it waits for the next round");
        return flush;
    }

    private async Task<ProjectionPosition?> KeptAsync() => (await _world.Get<ProjectionProgressLog>().ReadAsync("order")).Position;
}
