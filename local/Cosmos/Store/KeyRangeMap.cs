using System.Globalization;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>Cuts the ring of effective partition keys into ranges of the same width; the first begins at "", the last ends at "FF".</summary>
internal sealed class KeyRangeMap
{
    /// <summary>Keys have their two top bits cleared, so the ring ends here (exclusive), in steps of the key's top 32 bits.</summary>
    private const ulong RingEnd = 0x4000_0000;

    private readonly uint[] _starts;

    public KeyRangeMap(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _starts = [.. Enumerable.Range(0, count).Select(i => (uint)(RingEnd * (ulong)i / (ulong)count))];
    }

    public int Count => _starts.Length;

    public int IndexOf(UInt128 key)
    {
        var found = Array.BinarySearch(_starts, (uint)(key >> 96));
        return found >= 0 ? found : ~found - 1;
    }

    public string MinInclusive(int index) => index == 0 ? string.Empty : Hex(_starts[index]);

    public string MaxExclusive(int index) => index == Count - 1 ? "FF" : Hex(_starts[index + 1]);

    private static string Hex(uint start) => start.ToString("X8", CultureInfo.InvariantCulture);
}
