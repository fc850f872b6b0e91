using System.Runtime.CompilerServices;
using System.Text;
using EventFunctions.EventSourcing;

namespace EventFunctions.Local.Host.Administration;

/// <summary>The chunks that a mapping makes of another system's file, an event of which is a line of JSON.</summary>
/// <param name="path">The file.</param>
/// <param name="mapping">The mapping.</param>
internal sealed class MappedChunks(string path, ForeignMapping mapping) : IChunkSource
{
    private const int MaxProblems = 100;

    /// <summary>The file's lines of the events that are not in a chunk that was handed out yet, and of those in the last one.</summary>
    private readonly List<int> _lines = [];

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var unmapped = new SortedDictionary<string, (int Line, int Count)>(StringComparer.Ordinal);
        var problems = new List<string>();
        await foreach (var (number, line) in MapAsync(cancellationToken))
        {
            switch (line)
            {
                case ForeignLine.Unmapped { Type: var type }:
                    unmapped[type] = unmapped.TryGetValue(type, out var known) ? (known.Line, known.Count + 1) : (number, 1);
                    break;
                case ForeignLine.Refused { Cause: var cause } when problems.Count < MaxProblems:
                    problems.Add($"Line {number}: {cause}");
                    break;
            }
        }

        problems.AddRange(unmapped.Select(u =>
            $"The mapping says nothing about '{u.Key}', which {u.Value.Count} lines have (the first is line {u.Value.Line}). "
            + "Add it to 'events' or to 'ignore'."));
        if (problems.Count > 0)
        {
            throw new ForeignMappingException([$"{path} cannot be imported; nothing was sent:", .. problems]);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ExportFilePart> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _lines.Clear();
        var source = Path.GetFileName(path);
        await foreach (var bytes in EventChunks.WriteAsync(EventsAsync(cancellationToken), source, TimeProvider.System, cancellationToken))
        {
            var chunk = ExportChunk.Parse(bytes);
            yield return new ExportFilePart(bytes, chunk, _lines[0], 0);
            _lines.RemoveRange(0, chunk.Lines.Count);
        }
    }

    /// <inheritdoc/>
    public int LineOf(ExportFilePart part, int line) => _lines[line - 2];

    private async IAsyncEnumerable<EventDocument> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (number, line) in MapAsync(cancellationToken))
        {
            if (line is ForeignLine.Mapped { Event: var document })
            {
                _lines.Add(number);
                yield return document;
            }
        }
    }

    private async IAsyncEnumerable<(int Number, ForeignLine Line)> MapAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var mapper = new ForeignEventMapper(mapping);
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return (number, mapper.Map(Encoding.UTF8.GetBytes(line)));
            }
        }
    }
}
