using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Files;
using EventFunctions.Local.ServiceBus.Amqp.Tests.Durability;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests;

/// <summary>Serves the broker of a folder over AMQP until it is killed: what <see cref="AmqpCrashTests"/> starts.</summary>
internal static class Program
{
    /// <summary>Printed before the folder is opened.</summary>
    public const string Opening = "opening";

    /// <summary>Small, so that there is always a file that ends or a snapshot that is written.</summary>
    private static readonly JournalOptions Options = new() { SegmentBytes = 64 * 1024, Compaction = new CompactionPolicy { MinBytes = 256 * 1024 } };

    /// <param name="args">The folder.</param>
    public static async Task<int> Main(string[] args)
    {
        Console.WriteLine(Opening);
        await using var broker = await OpenAsync(args[0], releaseLocks: false);
        await using var endpoint = await AmqpEndpoint.StartAsync(
            broker, new AmqpOptions { Port = 0 }, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        Console.WriteLine(endpoint.Port);

        // Whoever started it may end without killing it; then this ends, too.
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>Opens the broker of a folder.</summary>
    public static Task<ServiceBusBroker> OpenAsync(string folder, bool releaseLocks) => ServiceBusBroker.OpenAsync(
        AmqpCrashTests.Topology(), TimeProvider.System, DiskFolder.Open(folder), Options, null, CancellationToken.None, releaseLocks);
}
