using EventFunctions.EventSourcing;
using EventFunctions.PersonalData.MasterKeys;

namespace EventFunctions.Tests.PersonalData;

/// <summary>A master key in a file: its owner's alone, rotated without losing what it wrapped.</summary>
public sealed class FileMasterKeyTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("master-key");

    private string File => Path.Combine(_folder.FullName, "below", "master-key.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_file_that_is_not_there_is_made_for_its_owner_alone()
    {
        using var master = new FileMasterKey(File);

        Assert.Equal("1", await master.CurrentVersionAsync());

        Assert.True(OperatingSystem.IsWindows() || System.IO.File.GetUnixFileMode(File) == OwnerOnly);
        Assert.Equal([File, File + ".lock"], Directory.GetFiles(Path.GetDirectoryName(File)!).Order());
    }

    [Fact]
    public async Task A_file_that_others_may_read_is_refused_with_the_remedy()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        using (var first = new FileMasterKey(File))
        {
            await first.CurrentVersionAsync();
        }
        System.IO.File.SetUnixFileMode(File, OwnerOnly | UnixFileMode.GroupRead);
        using var master = new FileMasterKey(File);

        var exception = await Assert.ThrowsAsync<MasterKeyException>(() => master.CurrentVersionAsync());

        Assert.Contains($"chmod 600 '{File}'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"current":"2","versions":{"1":"AAAA"}}""")]
    [InlineData("""{"current":"1","versions":{"1":"AAAA"}}""")]
    public async Task A_damaged_file_is_named_and_not_replaced(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, content);
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(File, OwnerOnly);
        }
        using var master = new FileMasterKey(File);

        var exception = await Assert.ThrowsAsync<MasterKeyException>(() => master.CurrentVersionAsync());

        Assert.Contains(File, exception.Message, StringComparison.Ordinal);
        Assert.Equal(content, await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task A_rotation_is_known_to_other_processes_and_former_versions_still_unwrap()
    {
        using var one = new FileMasterKey(File);
        using var other = new FileMasterKey(File);
        var key = Enumerable.Range(0, SubjectKey.Length).Select(i => (byte)i).ToArray();
        var before = await one.WrapAsync(key);
        Assert.Equal(key, await other.UnwrapAsync(before));

        Assert.Equal("2", await one.RotateAsync());
        var after = await one.WrapAsync(key);

        Assert.Equal(key, await other.UnwrapAsync(after));
        Assert.Equal(key, await one.UnwrapAsync(before));
        Assert.Equal("3", await other.RotateAsync());
    }

    [Fact]
    public async Task Of_many_processes_that_make_the_file_at_once_one_makes_it()
    {
        var masters = Enumerable.Range(0, 16).Select(_ => new FileMasterKey(File)).ToList();
        var wrapped = await Task.WhenAll(masters.Select(m => Task.Run(() => m.WrapAsync(new byte[SubjectKey.Length]))));

        using var reader = new FileMasterKey(File);
        foreach (var key in wrapped)
        {
            Assert.Equal(new byte[SubjectKey.Length], await reader.UnwrapAsync(key));
        }
        Assert.Equal(16, wrapped.Length);
        masters.ForEach(m => m.Dispose());
    }

    [Fact]
    public async Task Of_many_processes_that_rotate_the_key_at_once_none_takes_away_another_s_version()
    {
        var masters = Enumerable.Range(0, 8).Select(_ => new FileMasterKey(File)).ToList();

        var versions = await Task.WhenAll(masters.Select(m => Task.Run(() => m.RotateAsync())));
        var wrapped = await Task.WhenAll(masters.Select(m => m.WrapAsync(new byte[SubjectKey.Length])));

        using var reader = new FileMasterKey(File);
        Assert.Equal(Enumerable.Range(2, 8).Select(v => $"{v}"), versions.Order());
        Assert.Equal(versions.Order(), wrapped.Select(w => w.Version).Order());
        foreach (var key in wrapped)
        {
            Assert.Equal(new byte[SubjectKey.Length], await reader.UnwrapAsync(key));
        }

        masters.ForEach(m => m.Dispose());
    }
}
