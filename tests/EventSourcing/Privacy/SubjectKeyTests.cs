using EventFunctions.Tests.Support;

namespace EventFunctions.EventSourcing.Tests.Privacy;

/// <summary>Keys: wrapped, kept for a while, gone for ever.</summary>
public sealed class SubjectKeyTests
{
    private static readonly DataSubjectId Ann = new("ann");
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task A_kept_key_is_asked_for_once_in_its_time_and_again_after_it()
    {
        var inner = new CountingKeys(_clock);
        var keys = Cached(inner);

        await keys.GetOrCreateAsync(Ann);
        await keys.FindAsync(Ann);
        await keys.GetOrCreateAsync(Ann);
        Assert.Equal(1, inner.Asked);

        _clock.Advance(TimeSpan.FromSeconds(30));
        await keys.FindAsync(Ann);
        Assert.Equal(2, inner.Asked);
    }

    [Fact]
    public async Task A_deletion_of_another_process_counts_when_the_time_is_over()
    {
        var inner = new CountingKeys(_clock);
        var keys = Cached(inner);
        await keys.GetOrCreateAsync(Ann);

        await inner.DeleteAsync(Ann);

        Assert.IsType<SubjectKey.Held>(await keys.FindAsync(Ann));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<SubjectKey.Erased>(await keys.FindAsync(Ann));
    }

    [Fact]
    public async Task A_deletion_of_this_process_counts_at_once()
    {
        var keys = Cached(new CountingKeys(_clock));
        await keys.GetOrCreateAsync(Ann);

        await keys.DeleteAsync(Ann);

        Assert.IsType<SubjectKey.Erased>(await keys.FindAsync(Ann));
        Assert.IsType<SubjectKey.Erased>(await keys.GetOrCreateAsync(Ann));
    }

    [Fact]
    public async Task A_read_that_began_before_a_deletion_brings_the_key_not_back()
    {
        var inner = new CountingKeys(_clock);
        var keys = Cached(inner);
        await inner.GetOrCreateAsync(Ann);
        inner.Hold();
        var slow = keys.FindAsync(Ann);

        await keys.DeleteAsync(Ann);
        inner.Release();
        Assert.IsType<SubjectKey.Held>(await slow);

        Assert.IsType<SubjectKey.Erased>(await keys.FindAsync(Ann));
    }

    [Fact]
    public async Task No_more_keys_are_kept_than_there_is_room_for()
    {
        var inner = new CountingKeys(_clock);
        var keys = new CachedSubjectKeys(inner, new SubjectKeyCacheOptions(TimeSpan.FromSeconds(30), Size: 2), _clock);
        foreach (var name in new[] { "a", "b", "c" })
        {
            await keys.GetOrCreateAsync(new DataSubjectId(name));
        }

        await keys.FindAsync(new DataSubjectId("c"));
        await keys.FindAsync(new DataSubjectId("b"));
        Assert.Equal(3, inner.Asked);
        await keys.FindAsync(new DataSubjectId("a"));
        Assert.Equal(4, inner.Asked);
    }

    [Fact]
    public async Task Nobody_s_absence_is_kept()
    {
        var inner = new CountingKeys(_clock);
        var keys = Cached(inner);

        Assert.IsType<SubjectKey.Absent>(await keys.FindAsync(Ann));
        Assert.IsType<SubjectKey.Held>(await keys.GetOrCreateAsync(Ann));
        Assert.IsType<SubjectKey.Held>(await keys.FindAsync(Ann));
    }

    [Fact]
    public async Task A_rotated_master_key_unwraps_what_its_former_version_wrapped()
    {
        var master = new InMemoryMasterKey();
        var key = new byte[SubjectKey.Length];
        key[3] = 7;
        var before = await master.WrapAsync(key);

        var version = await master.RotateAsync();
        var after = await master.WrapAsync(key);

        Assert.Equal(("1", "2", "2"), (before.Version, after.Version, version));
        Assert.Equal(key, await master.UnwrapAsync(before));
        Assert.Equal(key, await master.UnwrapAsync(after));
    }

    [Fact]
    public async Task A_wrapped_key_that_was_changed_or_is_of_another_master_key_is_refused()
    {
        var master = new InMemoryMasterKey();
        var wrapped = await master.WrapAsync(new byte[SubjectKey.Length]);

        await Assert.ThrowsAsync<MasterKeyException>(() => new InMemoryMasterKey().UnwrapAsync(wrapped));
        await Assert.ThrowsAsync<MasterKeyException>(() => master.UnwrapAsync(wrapped with { Text = "AAAA" + wrapped.Text[4..] }));
        await Assert.ThrowsAsync<MasterKeyException>(() => master.UnwrapAsync(wrapped with { Text = "?" }));
        await Assert.ThrowsAsync<MasterKeyException>(() => master.UnwrapAsync(wrapped with { Version = "9" }));
    }

    [Fact]
    public void A_key_does_not_show_itself() =>
        Assert.DoesNotContain("7", new SubjectKey.Held(new byte[] { 7, 7 }).ToString(), StringComparison.Ordinal);

    private CachedSubjectKeys Cached(ISubjectKeys inner) => new(inner, new SubjectKeyCacheOptions(TimeSpan.FromSeconds(30)), _clock);

    /// <summary>Counts what it is asked, and can hold an answer back.</summary>
    private sealed class CountingKeys(TimeProvider clock) : ISubjectKeys
    {
        private readonly InMemorySubjectKeys _keys = new(clock);
        private TaskCompletionSource? _held;

        public int Asked { get; private set; }

        public void Hold() => _held = new TaskCompletionSource();

        public void Release() => _held!.SetResult();

        public Task<SubjectKey> GetOrCreateAsync(DataSubjectId subject, CancellationToken cancellationToken = default)
        {
            Asked++;
            return _keys.GetOrCreateAsync(subject, cancellationToken);
        }

        public async Task<SubjectKey> FindAsync(DataSubjectId subject, CancellationToken cancellationToken = default)
        {
            Asked++;
            var found = await _keys.FindAsync(subject, cancellationToken);
            await (_held?.Task ?? Task.CompletedTask);
            return found;
        }

        public Task<DateTimeOffset> DeleteAsync(DataSubjectId subject, CancellationToken cancellationToken = default) =>
            _keys.DeleteAsync(subject, cancellationToken);
    }
}
