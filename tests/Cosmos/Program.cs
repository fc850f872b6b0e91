using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.Cosmos.Tests;

/// <summary>Serves the account of a folder until it is killed: what <see cref="Durability.CrashTests"/> start.</summary>
internal static class Program
{
    /// <summary>Printed before the folder is opened.</summary>
    public const string Opening = "opening";

    /// <summary>Small, so that there is always a file that ends or a snapshot that is written.</summary>
    private static readonly JournalOptions Options = new() { SegmentBytes = 64 * 1024, Compaction = new CompactionPolicy { MinBytes = 128 * 1024 } };

    /// <param name="args">The folder.</param>
    public static async Task<int> Main(string[] args)
    {
        Console.WriteLine(Opening);
        await using var endpoint = await CosmosEndpoint.StartAsync(
            new CosmosEndpointOptions { Folder = args[0] }, Options, path => DiskFolder.Open(path), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        Console.WriteLine(endpoint.Address);

        // Whoever started it may end without killing it; then this ends, too.
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
