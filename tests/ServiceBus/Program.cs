using System.Net;
using System.Net.Sockets;
using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Files;
using EventFunctions.Local.ServiceBus.Tests.Durability;

namespace EventFunctions.Local.ServiceBus.Tests;

/// <summary>Serves the broker of a folder until it is killed: what <see cref="CrashTests"/> starts.</summary>
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
        await using var broker = await ServiceBusBroker.OpenAsync(
            MessagingTopology.Parse(CrashProtocol.Topology), TimeProvider.System, DiskFolder.Open(args[0]), Options, null, CancellationToken.None);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        var serving = CrashServer.ServeAsync(listener, broker);

        // Whoever started it may end without killing it; then this ends, too.
        await Console.In.ReadToEndAsync();
        return serving.IsFaulted ? 1 : 0;
    }
}
