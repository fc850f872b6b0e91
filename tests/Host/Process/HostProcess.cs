using System.Collections.Concurrent;
using System.Diagnostics;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.Host.Tests.Process;

/// <summary>The built executable as a process of its own, started in a directory that has nothing to do with it.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly System.Diagnostics.Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private HostProcess(System.Diagnostics.Process process) => _process = process;

    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    public static HostProcess Start(params string[] arguments) => StartIn(Path.GetTempPath(), [], arguments);

    public static HostProcess StartIn(string directory, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "EventFunctions.Local.Host.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var host = new HostProcess(new System.Diagnostics.Process { StartInfo = start });
        host._process.OutputDataReceived += (_, line) => host._output.Enqueue(line.Data ?? string.Empty);
        host._process.ErrorDataReceived += (_, line) => host._errors.Enqueue(line.Data ?? string.Empty);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Waits until it is up, and returns the API's address.</summary>
    public async Task<Uri> IsUpAsync()
    {
        await Eventually.HoldsAsync(() => _process.HasExited || Output.Contains("Ctrl+C stops it", StringComparison.Ordinal), "the host is up");
        Assert.False(_process.HasExited, $"it ended: {Output}{Errors}");
        return AddressOf("API");
    }

    /// <summary>An address that it has printed.</summary>
    /// <param name="name">What stands before it.</param>
    public Uri AddressOf(string name)
    {
        var line = _output.Single(line => line.TrimStart().StartsWith($"{name} ", StringComparison.Ordinal));
        return new Uri(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    /// <summary>Waits for its first line of output, and returns that.</summary>
    public async Task<string> FirstLineAsync()
    {
        await Eventually.HoldsAsync(() => _process.HasExited || !_output.IsEmpty, "the host has printed a line");
        Assert.True(_output.TryPeek(out var line) && line.Length > 0, $"it ended: {Output}{Errors}");
        return line;
    }

    /// <summary>Kills it: it gets no chance to do anything more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends SIGTERM, as a service manager does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = System.Diagnostics.Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits for its end and returns the exit code.</summary>
    public async Task<int> EndsAsync(TimeSpan? within = null)
    {
        using var deadline = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(120));
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
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
