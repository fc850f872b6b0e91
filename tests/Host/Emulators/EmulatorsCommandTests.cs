using System.CommandLine;
using System.Net;
using EventFunctions.Local.Host.CommandLine;
using EventFunctions.Local.Host.Emulators;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Host.Tests.Emulators;

public sealed class EmulatorsCommandTests
{
    private EmulatorsArguments? _run;

    [Fact]
    public async Task Where_nothing_is_said_they_are_the_usual_ports_and_state_survives()
    {
        Assert.Empty(await RunAsync());

        Assert.Equal(new EmulatorsArguments(8081, 5672, 5300, Topology: null, ".eventfunctions/emulators", AsJson: false, LogLevel.Warning), _run);
    }

    [Fact]
    public async Task Everything_can_be_chosen()
    {
        Assert.Empty(await RunAsync(
            "--cosmos-port", "0", "--servicebus-port", "1", "--servicebus-admin-port", "2", "--topology", "mine.json", "--data", "elsewhere", "--json", "--log-level", "Debug"));

        Assert.Equal(new EmulatorsArguments(0, 1, 2, "mine.json", "elsewhere", AsJson: true, LogLevel.Debug), _run);
    }

    [Fact]
    public async Task Other_machines_and_limits_are_there_where_asked_for()
    {
        Assert.Empty(await RunAsync("--listen", "0.0.0.0", "--throttle"));

        Assert.Equal((IPAddress.Any, true), (_run!.Listen, _run.Throttle));
    }

    [Fact]
    public async Task Ephemeral_means_no_directory()
    {
        Assert.Empty(await RunAsync("--ephemeral"));

        Assert.Null(_run!.Folder);
    }

    [Theory]
    [InlineData("--cosmos-port", "65536")]
    [InlineData("--cosmos-port", "-1")]
    [InlineData("--cosmos-port", "usual")]
    [InlineData("--listen", "everywhere")]
    [InlineData("--servicebus-port", "65536")]
    [InlineData("--servicebus-admin-port", "-1")]
    [InlineData("--ephemeral", "--data", "elsewhere")]
    [InlineData("--unheard-of")]
    public async Task What_makes_no_sense_is_refused_and_nothing_runs(params string[] arguments)
    {
        Assert.NotEmpty(await RunAsync(arguments));

        Assert.Null(_run);
    }

    private async Task<IReadOnlyList<string>> RunAsync(params string[] arguments)
    {
        var root = new RootCommand();
        root.Subcommands.Add(EmulatorsCommand.Create((given, _) =>
        {
            _run = given;
            return Task.FromResult(ExitCodes.Success);
        }));
        var parsed = root.Parse(["emulators", .. arguments]);
        await parsed.InvokeAsync(new InvocationConfiguration { Output = TextWriter.Null, Error = TextWriter.Null }, CancellationToken.None);
        return [.. parsed.Errors.Select(error => error.Message)];
    }
}
