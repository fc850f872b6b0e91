using System.CommandLine;

namespace EventFunctions.Deployment;

/// <summary>The commands, which are azd's hooks.</summary>
internal static class DeploymentCommands
{
    /// <summary>The commands with what they run.</summary>
    /// <param name="prepare">Makes secrets and waits for roles.</param>
    /// <param name="smokeTest">Asks the app.</param>
    public static RootCommand Create(
        Func<PrepareArguments, CancellationToken, Task> prepare, Func<TimeSpan, CancellationToken, Task> smokeTest)
    {
        var settle = Seconds("--settle", 120, "How many seconds old the app's roles must be.");
        var wait = Seconds("--wait", 600, "For how many seconds to wait for what takes its time.");
        var prepareCommand = new Command("prepare", "After 'azd provision': makes the secrets that are missing, and waits until the app can read them and its roles are known.") { settle, wait };
        prepareCommand.SetAction((parsed, cancellationToken) => RunAsync(
            () => prepare(new PrepareArguments(TimeSpan.FromSeconds(parsed.GetValue(settle)), TimeSpan.FromSeconds(parsed.GetValue(wait))), cancellationToken)));

        var smokeWait = Seconds("--wait", 600, "For how many seconds to wait for the app to be well.");
        var smokeCommand = new Command("smoke-test", "After 'azd deploy': asks the app whether everything it depends on answers.") { smokeWait };
        smokeCommand.SetAction((parsed, cancellationToken) => RunAsync(
            () => smokeTest(TimeSpan.FromSeconds(parsed.GetValue(smokeWait)), cancellationToken)));

        return new RootCommand("What a deployment to Azure needs beside its template. azd runs it, with its environment.") { prepareCommand, smokeCommand };
    }

    private static Option<int> Seconds(string name, int usual, string description)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "SECONDS", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var number) && number is < 0 or > 3600)
            {
                result.AddError($"{name} {number}: 0 to 3600 seconds.");
            }
        });
        return option;
    }

    private static async Task<int> RunAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (DeploymentException exception)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return 1;
        }
        catch (Azure.Identity.AuthenticationFailedException exception)
        {
            await Console.Error.WriteLineAsync($"error: nobody is signed in. Run 'azd auth login', or 'az login'. ({exception.Message})");
            return 1;
        }
    }
}

/// <summary>How <c>prepare</c> is run.</summary>
/// <param name="Settle">How old the app's roles must be.</param>
/// <param name="Wait">For how long to wait for the settings to be resolved.</param>
internal sealed record PrepareArguments(TimeSpan Settle, TimeSpan Wait);
