using EventFunctions.Tests.Support.Disks;

namespace EventFunctions.Local.Journal.Tests;

public sealed class DamageTests : IAsyncLifetime
{
    private const int Before = 4, After = 10;
    private readonly SimulatedDisk _disk = new(new Random(1));

    /// <summary>A snapshot of 1 to 4, and three segments with 5 to 10, each record in a frame of its own.</summary>
    public async Task InitializeAsync()
    {
        var (journal, _) = await Given.OpenAsync(_disk.Open(), Given.Options with { SegmentBytes = 130 });
        for (var i = 1; i <= Before; i++)
        {
            await Given.AppendAsync(journal, i);
        }

        await Given.CompactAsync(journal, [1, 2, 3, 4]);
        for (var i = Before + 1; i <= After; i++)
        {
            await Given.AppendAsync(journal, i);
        }

        await journal.DisposeAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_files_are_what_this_suite_takes_them_for()
    {
        Assert.Equal(Enumerable.Range(1, After), await Given.ReadAsync(_disk.Open()));
        Assert.Equal(4, _disk.List().Count);
    }

    [Fact]
    public async Task Any_byte_that_is_damaged_is_noticed()
    {
        var last = _disk.List().Where(n => n.EndsWith(".segment", StringComparison.Ordinal)).Max(StringComparer.Ordinal);
        foreach (var name in _disk.List())
        {
            var sound = _disk.ReadAll(name);
            for (var at = 0; at < sound.Length; at++)
            {
                var damaged = sound.ToArray();
                damaged[at] ^= (byte)(1 << (at % 8));
                _disk.Put(name, damaged);
                await NoticedAsync(name, at, mayBeTorn: name == last);
                _disk.Put(name, sound);
            }
        }
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        foreach (var name in _disk.List().Order(StringComparer.Ordinal).SkipLast(1))
        {
            var sound = _disk.ReadAll(name);
            _disk.Remove(name);
            var refused = await Assert.ThrowsAsync<JournalUnreadableException>(() => Given.OpenAsync(_disk.Open()));
            Assert.EndsWith(name.EndsWith(".segment", StringComparison.Ordinal) ? name : ".segment", refused.File, StringComparison.Ordinal);
            Assert.Contains("missing", refused.Message, StringComparison.Ordinal);
            _disk.Put(name, sound);
        }
    }

    [Fact]
    public async Task A_later_version_of_the_format_is_left_alone()
    {
        foreach (var name in _disk.List())
        {
            var sound = _disk.ReadAll(name);
            var later = sound.ToArray();
            later[8] = 2;
            _disk.Put(name, later);
            var refused = await Assert.ThrowsAsync<JournalUnreadableException>(() => Given.OpenAsync(_disk.Open()));
            Assert.Contains("version 2", refused.Message, StringComparison.Ordinal);
            Assert.Equal(later, _disk.ReadAll(name));
            _disk.Put(name, sound);
        }
    }

    [Fact]
    public async Task Segments_of_another_journal_are_not_taken_for_its_own()
    {
        var other = new SimulatedDisk(new Random(2));
        var (journal, _) = await Given.OpenAsync(other.Open());
        await Given.AppendAsync(journal, 1);
        await journal.DisposeAsync();
        var name = _disk.List().Where(n => n.EndsWith(".segment", StringComparison.Ordinal)).Max(StringComparer.Ordinal)!;
        _disk.Put(name, other.ReadAll(Assert.Single(other.List())));
        var refused = await Assert.ThrowsAsync<JournalUnreadableException>(() => Given.OpenAsync(_disk.Open()));
        Assert.Equal(0, refused.Offset);
    }

    /// <summary>It is refused by name, or, at the very end of the log, it looks like a torn tail: then all before it is there.</summary>
    private async Task NoticedAsync(string name, int at, bool mayBeTorn)
    {
        try
        {
            var (journal, numbers) = await Given.OpenAsync(_disk.Open());
            await journal.DisposeAsync();
            Assert.True(mayBeTorn, $"byte {at} of {name} was damaged and nobody noticed");
            Assert.Equal(Enumerable.Range(1, After - 1), numbers);
            Assert.NotNull(journal.Recovery.Cut);
        }
        catch (JournalUnreadableException refused)
        {
            Assert.EndsWith(name, refused.File, StringComparison.Ordinal);
            Assert.InRange(at - refused.Offset, 0, 200);
            Assert.Contains("backup", refused.Message, StringComparison.Ordinal);
        }
    }
}
