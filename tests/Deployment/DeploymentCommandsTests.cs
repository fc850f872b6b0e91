using Azure.Identity;

namespace EventFunctions.Deployment.Tests;

public sealed class DeploymentCommandsTests
{
    private readonly List<object> _runs = [];
    private Exception? _failure;

    [Fact]
    public async Task Commands_have_times_that_azd_need_not_know()
    {
        Assert.Equal(0, await RunAsync("prepare"));
        Assert.Equal(0, await RunAsync("prepare", "--settle", "5", "--wait", "7"));
        Assert.Equal(0, await RunAsync("smoke-test"));

        Assert.Equal(
            [
                new PrepareArguments(TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(600)),
                new PrepareArguments(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7)),
                TimeSpan.FromSeconds(600),
            ],
            _runs);
    }

    [Theory]
    [InlineData("prepare", "--settle", "-1")]
    [InlineData("prepare", "--wait", "3601")]
    [InlineData("smoke-test", "--wait", "soon")]
    [InlineData("smoke-test", "--settle", "1")]
    [InlineData("deploy")]
    public async Task What_there_is_not_is_refused_and_nothing_is_run(params string[] arguments)
    {
        Assert.NotEqual(0, await RunAsync(arguments));

        Assert.Empty(_runs);
    }

    [Fact]
    public async Task A_deployment_that_cannot_go_on_ends_azd()
    {
        _failure = new DeploymentException("there is no role");
        Assert.Equal(1, await RunAsync("prepare"));

        _failure = new CredentialUnavailableException("nobody");
        Assert.Equal(1, await RunAsync("smoke-test"));
    }

    private Task<int> RunAsync(params string[] arguments) =>
        DeploymentCommands.Create((a, _) => Run(a), (wait, _) => Run(wait)).Parse(arguments).InvokeAsync();

    private Task Run(object arguments)
    {
        _runs.Add(arguments);
        return _failure is null ? Task.CompletedTask : Task.FromException(_failure);
    }
}
