using EventFunctions.Local.Host.CommandLine;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Host.Tests.CommandLine;

public sealed class HostCommandLineTests
{
    private ServeArguments? _served;
    private DemoArguments? _demonstrated;

    [Fact]
    public async Task Without_arguments_it_serves_on_a_free_port_keeps_its_state_and_tells_warnings_only()
    {
        Assert.Empty(await RunAsync());

        Assert.Equal(new ServeArguments(0, ".eventfunctions/app", Verbose: false, LogLevel.Warning), _served);
    }

    [Fact]
    public async Task Port_and_verbosity_are_taken()
    {
        Assert.Empty(await RunAsync("--port", "7071", "--ephemeral", "--verbose"));

        Assert.Equal(new ServeArguments(7071, Folder: null, Verbose: true, LogLevel.Information), _served);
    }

    [Fact]
    public async Task A_log_level_of_its_own_wins_over_verbose()
    {
        Assert.Empty(await RunAsync("--verbose", "--log-level", "debug"));

        Assert.Equal(LogLevel.Debug, _served?.LogLevel);
    }

    [Theory]
    [InlineData("--port", "65536")]
    [InlineData("--port", "-1")]
    [InlineData("--port", "http")]
    [InlineData("--prot", "1")]
    [InlineData("demo", "--orders=0")]
    [InlineData("demo", "--orders=5001")]
    public async Task What_makes_no_sense_is_refused_and_nothing_runs(params string[] arguments)
    {
        Assert.NotEmpty(await RunAsync(arguments));

        Assert.Null(_served);
        Assert.Null(_demonstrated);
    }

    [Fact]
    public async Task State_is_kept_where_it_is_told_to_be()
    {
        Assert.Empty(await RunAsync("--data", "somewhere"));

        Assert.Equal("somewhere", _served?.Folder);
    }

    [Fact]
    public async Task State_is_in_memory_or_in_a_directory_and_not_both()
    {
        var error = Assert.Single(await RunAsync("--data", "somewhere", "--ephemeral"));

        Assert.Contains("exclude each other", error, StringComparison.Ordinal);
        Assert.Null(_served);
    }

    [Fact]
    public async Task The_demo_has_two_hundred_orders_unless_told_otherwise()
    {
        Assert.Empty(await RunAsync("demo"));
        Assert.Equal(new DemoArguments(200, 1, null, null, Verbose: false, LogLevel: null), _demonstrated);

        Assert.Empty(await RunAsync("demo", "--orders", "20", "--seed", "7"));
        Assert.Equal((20, 7), (_demonstrated?.Orders, _demonstrated?.Seed));
    }

    [Fact]
    public async Task The_demo_drives_a_running_app_only_together_with_its_sandbox()
    {
        Assert.NotEmpty(await RunAsync("demo", "--url", "http://localhost:5000"));
        Assert.Null(_demonstrated);

        Assert.Empty(await RunAsync("demo", "--url", "http://localhost:5000", "--sandbox-url", "http://localhost:5001/"));
        Assert.Equal(("http://localhost:5000/", "http://localhost:5001/"), (_demonstrated?.Url?.ToString(), _demonstrated?.SandboxUrl?.ToString()));
    }

    [Fact]
    public async Task The_demo_wants_http_addresses() =>
        Assert.Contains(await RunAsync("demo", "--url", "ftp://localhost", "--sandbox-url", "x"), error => error.Contains("--url", StringComparison.Ordinal));

    private async Task<IReadOnlyList<string>> RunAsync(params string[] arguments)
    {
        var parsed = HostCommandLine.Create(
            (serve, _) =>
            {
                _served = serve;
                return Task.FromResult(ExitCodes.Success);
            },
            (demo, _) =>
            {
                _demonstrated = demo;
                return Task.FromResult(ExitCodes.Success);
            }).Parse(arguments);
        var silent = new System.CommandLine.InvocationConfiguration { Output = TextWriter.Null, Error = TextWriter.Null };
        await parsed.InvokeAsync(silent, CancellationToken.None);
        return [.. parsed.Errors.Select(error => error.Message)];
    }
}
