using System.Diagnostics;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.DurableTask.Tests.Durability;

/// <summary>An engine in a process of its own, which ends by SIGKILL unless it is to finish.</summary>
internal sealed class KilledEngine : IDisposable
{
    private readonly Process _process;

    private KilledEngine(Process process) => _process = process;

    /// <summary>Starts one that begins to open its folder.</summary>
    public static async Task<KilledEngine> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in new[] { "exec", typeof(Program).Assembly.Location }.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("The engine did not start.");
        Assert.Equal(Program.Opening, await process.StandardOutput.ReadLineAsync());
        return new KilledEngine(process);
    }

    /// <summary>Waits until it has done so much, and kills it.</summary>
    public async Task KillAfterAsync(int done)
    {
        for (; done > 0; done--)
        {
            Assert.Equal(Program.Done, await _process.StandardOutput.ReadLineAsync().WaitAsync(Eventually.DefaultDeadline));
        }

        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task EndsAsync()
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultDeadline);
        await _process.StandardOutput.ReadToEndAsync(deadline.Token);
        await _process.WaitForExitAsync(deadline.Token);
        Assert.Equal(0, _process.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
