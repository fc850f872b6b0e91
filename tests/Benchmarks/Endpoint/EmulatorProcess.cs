using System.Diagnostics;
using System.Text.Json;
using EventFunctions.Local.Host.CommandLine;

namespace EventFunctions.Benchmarks.Endpoint;

/// <summary>The Cosmos DB endpoint in a process of its own, so that its CPU time is known apart from its clients'.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private EmulatorProcess(Process process, DirectoryInfo folder, string connectionString)
    {
        _process = process;
        _folder = folder;
        ConnectionString = connectionString;
    }

    /// <summary>What a client is made with.</summary>
    public string ConnectionString { get; }

    /// <summary>The CPU time it has taken, on all cores.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts one.</summary>
    /// <param name="durable">Whether it keeps its state in a folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<EmulatorProcess> StartAsync(bool durable, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("eventfunctions-cosmos-");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList = { typeof(ExitCodes).Assembly.Location, "emulators", "--json", "--cosmos-port", "0" },
        };
        foreach (var argument in durable ? ["--data", folder.FullName] : new[] { "--ephemeral" })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("The emulators did not start.");
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The emulators ended by themselves; their error is above.");
        return new EmulatorProcess(process, folder, JsonElement.Parse(line).GetProperty("cosmos").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
