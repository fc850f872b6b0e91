namespace EventFunctions.EventSourcing;

/// <summary>Tries the streams again that a generation could not follow.</summary>
/// <param name="events">Has their events.</param>
/// <param name="register">Has the failures.</param>
/// <param name="views">Keeps all generations.</param>
public sealed class GenerationRepair(IEventStore events, GenerationRegister register, IViewStore views)
{
    private const int BatchSize = 500;

    /// <summary>Replays every failing stream from its first event; those that go through are failing no more.</summary>
    /// <returns>The generations after it: what still fails is still in them.</returns>
    public async Task<ProjectionGenerations> RunAsync(IProjectionDefinition definition, int generation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var replay = definition.OpenReplay(new GenerationViewStore(views, generation));
        var generations = await register.LoadAsync(definition.Name, cancellationToken);
        foreach (var failure in generations.Failures.Where(f => f.Generation == generation))
        {
            if (await ReplayAsync(replay, StreamName.Parse(failure.Stream), cancellationToken))
            {
                generations = await register.ChangeAsync(definition.Name, g => g.Mended(generation, failure.Stream), cancellationToken);
            }
        }

        return generations;
    }

    private async Task<bool> ReplayAsync(IEventReplay replay, StreamName stream, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var batch in events.ReadAsync(stream, 1, cancellationToken).Chunk(BatchSize).WithCancellation(cancellationToken))
            {
                if ((await replay.ApplyAsync(batch, cancellationToken)).Failures.Count > 0)
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception exception) when (StreamFailures.IsOfTheStream(exception))
        {
            // The failure that is written down stays: it says what is wrong with the stream.
            return false;
        }
    }
}
