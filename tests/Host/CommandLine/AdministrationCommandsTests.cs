using System.CommandLine;
using EventFunctions.Local.Host.Administration;
using EventFunctions.Local.Host.CommandLine;

namespace EventFunctions.Local.Host.Tests.CommandLine;

public sealed class AdministrationCommandsTests
{
    private object? _run;

    [Fact]
    public async Task An_export_takes_an_app_a_file_and_a_stream()
    {
        Assert.Empty(await RunAsync("export", "--url", "https://example.azurewebsites.net", "--key", "k", "--file", "a.ndjson", "--stream", "ordering-1", "--resume"));

        Assert.Equal(
            new ExportArguments(new AdminTarget(new Uri("https://example.azurewebsites.net/"), "k"), "a.ndjson", "ordering-1", IsResumed: true), _run);
    }

    [Fact]
    public async Task An_import_takes_an_app_a_file_and_a_mapping()
    {
        Assert.Empty(await RunAsync("import", "--url", "http://localhost:7071/", "--file", "a.ndjson", "--mapping", "m.json"));

        Assert.Equal(new ImportArguments(new AdminTarget(new Uri("http://localhost:7071/"), null), "a.ndjson", "m.json"), _run);
    }

    [Fact]
    public async Task A_verification_takes_an_app()
    {
        Assert.Empty(await RunAsync("verify", "--url", "http://localhost:7071"));

        Assert.Equal(new VerifyArguments(new AdminTarget(new Uri("http://localhost:7071/"), null)), _run);
    }

    [Theory]
    [InlineData("export", "--file", "a")]
    [InlineData("export", "--url", "http://localhost")]
    [InlineData("export", "--url", "ftp://localhost", "--file", "a")]
    [InlineData("export", "--url", "http://localhost", "--file", "a", "--stream", "no name")]
    [InlineData("import", "--url", "http://localhost")]
    [InlineData("verify")]
    [InlineData("verify", "--url", "somewhere")]
    public async Task What_makes_no_sense_is_refused_and_nothing_runs(params string[] arguments)
    {
        Assert.NotEmpty(await RunAsync(arguments));

        Assert.Null(_run);
    }

    private async Task<IReadOnlyList<string>> RunAsync(params string[] arguments)
    {
        var root = new RootCommand();
        foreach (var command in AdministrationCommands.Create(Note, Note, Note))
        {
            root.Subcommands.Add(command);
        }

        var parsed = root.Parse(arguments);
        await parsed.InvokeAsync(new InvocationConfiguration { Output = TextWriter.Null, Error = TextWriter.Null }, CancellationToken.None);
        return [.. parsed.Errors.Select(error => error.Message)];

        Task<int> Note(object given, CancellationToken cancellationToken)
        {
            _ = cancellationToken;
            _run = given;
            return Task.FromResult(ExitCodes.Success);
        }
    }
}
