namespace EventFunctions.Benchmarks.Reporting;

/// <summary>A number of measurements of the same thing.</summary>
internal sealed class Samples(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    /// <summary>How many.</summary>
    public int Count => _sorted.Length;

    /// <summary>The middle one.</summary>
    public double Median => Percentile(50);

    /// <summary>The smallest value that this share of the measurements does not exceed (nearest rank).</summary>
    /// <param name="percent">More than 0, up to 100.</param>
    public double Percentile(double percent) => _sorted.Length == 0
        ? throw new InvalidOperationException("Nothing was measured.")
        : _sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * _sorted.Length) - 1, 0, _sorted.Length - 1)];
}
