using EventFunctions.Benchmarks.Reporting;

namespace EventFunctions.Benchmarks;

/// <summary>Measures one thing.</summary>
internal interface IBenchmark
{
    /// <summary>What it is called by on the command line.</summary>
    string Name { get; }

    /// <summary>What it measures.</summary>
    string Description { get; }

    /// <summary>Warms up, measures, and tells the figures.</summary>
    /// <param name="scale">1 for the usual number of samples; less for a quick look.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken);
}
