using System.Diagnostics;
using System.Text.Json;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests;

/// <summary>A client of the endpoint that is a program of its own, and prints a line of JSON for each of its contracts.</summary>
internal static class ClientProcess
{
    /// <summary>Runs it to its end.</summary>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public static async Task<(string Output, string Errors)> RunAsync(string program, IEnumerable<string> arguments, string folder, TimeSpan patience)
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
            var result = (await output, await errors);
            await client.WaitForExitAsync(deadline.Token);
            return result;
        }
        catch (OperationCanceledException exception)
        {
            client.Kill(entireProcessTree: true);
            throw new TimeoutException($"The contracts of {program} were not through after {patience.TotalMinutes:0} minutes.", exception);
        }
    }

    /// <summary>What went wrong with each contract, by its name.</summary>
    public static Dictionary<string, string?> Outcomes(string lines) => lines
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .ToDictionary(line => line.GetProperty("name").GetString()!, line => line.GetProperty("error").GetString(), StringComparer.Ordinal);
}
