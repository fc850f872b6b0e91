using System.Diagnostics;
using System.Text.Json;

namespace EventFunctions.ServiceBusContract;

/// <summary>Contracts by name. Prints a line of JSON for each: its name, and what went wrong, if anything did.</summary>
internal sealed class Contracts
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly List<(string Name, Func<Task> Run)> _all = [];

    public void Add(string name, Func<Task> run) => _all.Add((name, run));

    public async Task RunAsync()
    {
        foreach (var (name, run) in _all)
        {
            string? error = null;
            var clock = Stopwatch.StartNew();
            try
            {
                await run().WaitAsync(Patience);
            }
            catch (Exception exception)
            {
                error = exception.ToString();
            }

            Console.WriteLine(JsonSerializer.Serialize(new { name, error, milliseconds = clock.ElapsedMilliseconds }));
        }
    }
}
