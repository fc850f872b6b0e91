using EventFunctions.Tests.Support;

namespace EventFunctions.Local.Host.Tests.Process;

/// <summary>The check before a deployment, with the executable and the histories that are kept of this app.</summary>
public sealed class ReplayCheckProcessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventfunctions-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Histories_of_this_code_agree_and_one_of_other_code_is_found()
    {
        var kept = Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "tests", "Simulation", "Histories", "Kept"), "order-2.1-*.json");
        foreach (var file in kept)
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }

        var other = Path.Combine(_folder.FullName, "order-2.1-delivered.json");
        File.WriteAllText(other, File.ReadAllText(other).Replace("\"ConfirmOrder\"", "\"AcceptOrder\"", StringComparison.Ordinal));

        using var host = HostProcess.Start("replay-check", _folder.FullName);

        Assert.True(await host.EndsAsync() == 1, host.Output + host.Errors);
        Assert.Contains("the history says that activity 'AcceptOrder' was decided, but the code decided activity 'ConfirmOrder'", host.Output, StringComparison.Ordinal);
        Assert.Contains($"Replayed {kept.Length} histories: {kept.Length - 1} agree with the code, 1 do not.", host.Output, StringComparison.Ordinal);
    }
}
