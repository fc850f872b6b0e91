using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.Tests.Support;

namespace EventFunctions.EventSourcing.Tests.Rebuild;

public sealed class GenerationDirectoryTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly ObservedViewStore _views = new();
    private readonly GenerationRegister _register;
    private readonly GenerationDirectory _directory;

    public GenerationDirectoryTests()
    {
        _register = new GenerationRegister(_views, _clock);
        _directory = new GenerationDirectory(_register, _clock, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task An_answer_is_used_until_it_is_too_old_and_then_asked_for_again()
    {
        Assert.Equal(ProjectionGenerations.Initial, await _directory.CurrentAsync("order"));
        await _register.ChangeAsync("order", g => g.Begin(2));
        _views.TakeCounts();

        _clock.Advance(TimeSpan.FromSeconds(0.999));
        Assert.Null((await _directory.CurrentAsync("order")).Building);
        Assert.Equal((0, 0), _views.TakeCounts());
        _clock.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(2, (await _directory.CurrentAsync("order")).Building);
        Assert.Equal((1, 0), _views.TakeCounts());
        Assert.Equal(ProjectionGenerations.Initial, await _directory.CurrentAsync("stock"));
    }

    [Fact]
    public async Task Many_who_ask_at_once_cost_one_read()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => _directory.CurrentAsync("order"))));

        Assert.Equal((1, 0), _views.TakeCounts());
        Assert.All(answers, a => Assert.Equal(ProjectionGenerations.Initial, a));
    }

    [Fact]
    public async Task A_failure_is_no_answer_to_keep()
    {
        var away = new AwayStore { Inner = _views };
        var directory = new GenerationDirectory(new GenerationRegister(away, _clock), _clock, TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => directory.CurrentAsync("order"));

        away.IsAway = false;

        Assert.Equal(ProjectionGenerations.Initial, await directory.CurrentAsync("order"));
    }

    [Fact]
    public async Task A_change_that_changes_nothing_writes_nothing_and_one_that_loses_a_race_is_made_again()
    {
        await _register.ChangeAsync("order", g => g.Begin(2));
        _views.TakeCounts();
        await _register.ChangeAsync("order", g => g.Begin(2));
        Assert.Equal((1, 0), _views.TakeCounts());

        var hasOtherCome = false;
        _views.BeforeSave = async () =>
        {
            if (!hasOtherCome)
            {
                hasOtherCome = true;
                await _register.ChangeAsync("order", g => g.Failed([new GenerationFailure(2, "a-1", 1, "broken", DateTimeOffset.UnixEpoch)]));
            }
        };
        var after = await _register.ChangeAsync("order", g => g.Switch(2));

        Assert.Equal((2, "a-1"), (after.Serving, Assert.Single(after.Failures).Stream));
        Assert.Equal(after, await _register.LoadAsync("order"));
    }

    [Fact]
    public async Task A_change_that_loses_every_race_is_given_up()
    {
        var number = 0;
        var isOther = false;
        _views.BeforeSave = async () =>
        {
            if (!isOther)
            {
                isOther = true;
                await _register.ChangeAsync("order", g => g with { FailuresNotKept = ++number });
                isOther = false;
            }
        };

        await Assert.ThrowsAsync<GenerationsContendedException>(() => _register.ChangeAsync("order", g => g.Begin(2)));
        Assert.Equal(GenerationRegister.MaxAttempts, number);
    }

    private sealed class AwayStore : IViewStore
    {
        public required ObservedViewStore Inner { get; init; }

        public bool IsAway { get; set; } = true;

        public Task<StoredView<TView>?> FindAsync<TView>(ViewKey key, CancellationToken cancellationToken = default)
            where TView : class => IsAway ? throw new StoreUnavailableException("away") : Inner.FindAsync<TView>(key, cancellationToken);

        public Task<string?> SaveAsync<TView>(
            ViewKey key, string kind, VersionedView<TView> view, string? etag, CancellationToken cancellationToken = default)
            where TView : class => Inner.SaveAsync(key, kind, view, etag, cancellationToken);

        public Task<IReadOnlyList<string>?> SaveTogetherAsync<TOne, TOther>(
            string partition, IReadOnlyList<ViewWrite<TOne>> ones, IReadOnlyList<ViewWrite<TOther>> others, CancellationToken cancellationToken = default)
            where TOne : class
            where TOther : class => Inner.SaveTogetherAsync(partition, ones, others, cancellationToken);

        public Task<ViewPage<TView>> ListAsync<TView>(
            string partition, string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
            where TView : class => Inner.ListAsync<TView>(partition, kind, pageSize, continuation, cancellationToken);
    }
}
