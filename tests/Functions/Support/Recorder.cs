using System.Collections.Concurrent;

namespace EventFunctions.Local.Functions.Tests.Support;

/// <summary>What the functions of a test's app report.</summary>
public sealed class Recorder
{
    private readonly ConcurrentQueue<object> _entries = new();

    public IReadOnlyList<object> Entries => [.. _entries];

    public void Add(object entry) => _entries.Enqueue(entry);

    public IReadOnlyList<T> Of<T>() => [.. _entries.OfType<T>()];
}
