namespace EventFunctions.EventSourcing;

/// <summary>
/// Lets writers to one partition that come at the same time go together: while one group is being written, those who come gather,
/// and are the next. So a partition that many write to costs a write for each group, and they do not refuse each other. Safe for
/// concurrent use.
/// </summary>
/// <param name="writeAsync">Writes a group, and says whether it could; a group that is written again must change nothing.</param>
/// <typeparam name="TWrite">What one writer wants written.</typeparam>
public sealed class GroupedWrites<TWrite>(Func<string, IReadOnlyList<TWrite>, Task<bool>> writeAsync)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Waiting>> _gathering = new(StringComparer.Ordinal);

    /// <summary>Has something written with what others want written by then.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="write">What is to be written.</param>
    /// <param name="cancellationToken">Gives up waiting; it may be written all the same.</param>
    /// <returns>Whether the group was written.</returns>
    public Task<bool> WriteAsync(string partition, TWrite write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiting = new Waiting(write, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            if (_gathering.TryGetValue(partition, out var gathering))
            {
                gathering.Add(waiting);
            }
            else
            {
                _gathering[partition] = [];
                Start(partition, waiting);
            }
        }

        return waiting.Outcome.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Whoever comes first starts the writing of all that follow, and its trace and its culture are not theirs.</summary>
    private void Start(string partition, Waiting first)
    {
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => WriteAllAsync(partition, [first]));
        }
    }

    private async Task WriteAllAsync(string partition, IReadOnlyList<Waiting> group)
    {
        for (; group.Count > 0; group = Next(partition))
        {
            await WriteAsync(partition, group);
        }
    }

    private List<Waiting> Next(string partition)
    {
        lock (_gate)
        {
            var gathered = _gathering[partition];
            if (gathered.Count == 0)
            {
                _gathering.Remove(partition);
            }
            else
            {
                _gathering[partition] = [];
            }

            return gathered;
        }
    }

    private async Task WriteAsync(string partition, IReadOnlyList<Waiting> group)
    {
        try
        {
            var isWritten = await writeAsync(partition, [.. group.Select(w => w.Write)]);
            foreach (var waiting in group)
            {
                waiting.Outcome.SetResult(isWritten);
            }
        }
        catch (ViewRefusedException) when (group.Count > 1)
        {
            // One that cannot be written must not take the others with it.
            foreach (var waiting in group)
            {
                await WriteAsync(partition, [waiting]);
            }
        }
#pragma warning disable CA1031 // Whatever it is, it is told to each of those who wait; the next group is none of its business.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            foreach (var waiting in group)
            {
                waiting.Outcome.SetException(exception);
            }
        }
    }

    private sealed record Waiting(TWrite Write, TaskCompletionSource<bool> Outcome);
}
