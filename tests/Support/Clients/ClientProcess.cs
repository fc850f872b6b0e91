using System.Diagnostics;
using System.Text.Json;

namespace EventFunctions.Tests.Support.Clients;

/// <summary>A client of an endpoint that is a program of its own, and prints a line of JSON for each of its contracts.</summary>
public static class ClientProcess
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">What it is told.</param>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="patience">How long it may take.</param>
    /// <returns>What came of its contracts.</returns>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public static async Task<ContractOutcomes> RunAsync(string program, IEnumerable<string> arguments, string folder, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        using var client = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (client.StandardOutput.ReadToEndAsync(deadline.Token), client.StandardError.ReadToEndAsync(deadline.Token));
        try
        {
            var outcomes = new ContractOutcomes(Read(await output), await errors);
            await client.WaitForExitAsync(deadline.Token);
            return outcomes;
        }
        catch (OperationCanceledException exception)
        {
            client.Kill(entireProcessTree: true);
            throw new TimeoutException($"The contracts of {program} were not through after {patience.TotalMinutes:0} minutes.", exception);
        }
    }

    private static Dictionary<string, string?> Read(string lines) => lines
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .ToDictionary(line => line.GetProperty("name").GetString()!, line => line.GetProperty("error").GetString(), StringComparer.Ordinal);
}
