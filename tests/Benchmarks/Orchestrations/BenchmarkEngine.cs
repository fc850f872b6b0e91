using EventFunctions.Local.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Benchmarks.Orchestrations;

/// <summary>A running engine, in memory or in a folder of its own that is gone afterwards.</summary>
internal sealed class BenchmarkEngine : IAsyncDisposable
{
    private readonly string? _folder;

    private BenchmarkEngine(DurableTaskEngine engine, string? folder) => (Engine, _folder) = (engine, folder);

    public DurableTaskEngine Engine { get; }

    public static async Task<BenchmarkEngine> StartAsync(bool isDurable, CancellationToken cancellationToken)
    {
        var folder = isDurable ? Directory.CreateTempSubdirectory("eventfunctions-durable-").FullName : null;
        var (code, options) = (new HelloCode(), new DurableTaskEngineOptions());
        var engine = folder is null
            ? new DurableTaskEngine(code, options, TimeProvider.System, NullLoggerFactory.Instance)
            : await DurableTaskEngine.OpenAsync(folder, code, options, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        await engine.StartAsync(cancellationToken);
        return new BenchmarkEngine(engine, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
