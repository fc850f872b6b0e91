using System.Diagnostics;

namespace EventFunctions.Tests.Support;

/// <summary>A test assembly run as a program of its own, which ends by SIGKILL and in no other way.</summary>
public sealed class KilledProcess : IDisposable
{
    private readonly Process _process;

    private KilledProcess(Process process) => _process = process;

    /// <summary>Starts one, and waits until it says that it begins.</summary>
    /// <param name="program">A type of the assembly.</param>
    /// <param name="opening">The first line it prints.</param>
    /// <param name="arguments">What its program is given.</param>
    /// <exception cref="InvalidOperationException">It ended, or printed something else.</exception>
    public static async Task<KilledProcess> StartAsync(Type program, string opening, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(program);
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { "exec", program.Assembly.Location },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var started = new KilledProcess(Process.Start(start) ?? throw new InvalidOperationException("The program did not start."));
        var line = await started._process.StandardOutput.ReadLineAsync();
        return line == opening ? started : throw new InvalidOperationException($"The program printed '{line}' first, not '{opening}'.");
    }

    /// <summary>Waits for the next line that it prints.</summary>
    /// <exception cref="InvalidOperationException">It ended by itself.</exception>
    public async Task<string> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync()
        ?? throw new InvalidOperationException("The program ended by itself, with what an earlier one had left when it was killed; its error is above.");

    /// <summary>Kills it, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
