using System.Diagnostics;

namespace EventFunctions.Local.Cosmos.Tests.Durability;

/// <summary>An endpoint in a process of its own, which ends by SIGKILL and in no other way.</summary>
internal sealed class KilledServer : IDisposable
{
    private readonly Process _process;

    private KilledServer(Process process) => _process = process;

    /// <summary>Starts one that begins to open its folder.</summary>
    public static async Task<KilledServer> StartAsync(string folder)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { "exec", typeof(Program).Assembly.Location, folder },
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        var server = new KilledServer(process);
        Assert.Equal(Program.Opening, await process.StandardOutput.ReadLineAsync());
        return server;
    }

    /// <summary>Waits until it listens.</summary>
    /// <returns>Where.</returns>
    public async Task<Uri> ListensAsync() =>
        await _process.StandardOutput.ReadLineAsync() is { } address
            ? new Uri(address)
            : throw new InvalidOperationException("The server ended by itself, with the account that an earlier one had left when it was killed; its error is above.");

    /// <summary>Kills it, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
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
