using EventFunctions.Local.Journal.Files;

namespace EventFunctions.Local.Journal.Tests;

public sealed class DiskFolderTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("journal-").FullName;

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public async Task A_journal_on_the_disk_is_there_again_and_goes_on()
    {
        var path = Path.Combine(_path, "deep", "down");
        var options = Given.Options with { SegmentBytes = 2000 };
        for (var run = 0; run < 5; run++)
        {
            var (journal, numbers) = await Given.OpenAsync(DiskFolder.Open(path), options);
            Assert.Equal(Enumerable.Range(0, run * 50), numbers);
            await Task.WhenAll(Enumerable.Range(run * 50, 50).Select(i => Given.AppendAsync(journal, i)));
            if (run == 2)
            {
                await Given.CompactAsync(journal, [.. Enumerable.Range(0, (run + 1) * 50)]);
            }

            await journal.DisposeAsync();
        }

        Assert.Equal(Enumerable.Range(0, 250), await Given.ReadAsync(DiskFolder.Open(path)));
    }

    [Fact]
    public async Task A_folder_in_use_is_refused_until_it_is_closed()
    {
        var (journal, _) = await Given.OpenAsync(DiskFolder.Open(_path));
        var refused = Assert.Throws<JournalInUseException>(() => DiskFolder.Open(_path));
        Assert.Contains(_path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("another process", refused.Message, StringComparison.Ordinal);
        await journal.DisposeAsync();
        DiskFolder.Open(_path).Dispose();
    }

    [Fact]
    public async Task Where_opening_fails_the_folder_is_free_again()
    {
        await File.WriteAllTextAsync(Path.Combine(_path, "000000000001.segment"), new string('x', 100));
        await Assert.ThrowsAsync<JournalUnreadableException>(() => Given.OpenAsync(DiskFolder.Open(_path)));
        DiskFolder.Open(_path).Dispose();
    }

    [Fact]
    public async Task Only_the_owner_may_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            // There the rights come from the folder above, a user's own by default.
            return;
        }

        var path = Path.Combine(_path, "private");
        var (journal, _) = await Given.OpenAsync(DiskFolder.Open(path));
        await Given.AppendAsync(journal, 1);
        await Given.CompactAsync(journal, [1]);
        await journal.DisposeAsync();
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & others);
        foreach (var file in Directory.GetFiles(path))
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & others);
        }
    }

    [Fact]
    public async Task Files_of_others_in_the_folder_are_left_alone()
    {
        var note = Path.Combine(_path, "README.snapshot");
        await File.WriteAllTextAsync(note, "mine");
        var (journal, _) = await Given.OpenAsync(DiskFolder.Open(_path));
        await Given.CompactAsync(journal, []);
        await journal.DisposeAsync();
        Assert.Equal("mine", await File.ReadAllTextAsync(note));
    }
}
