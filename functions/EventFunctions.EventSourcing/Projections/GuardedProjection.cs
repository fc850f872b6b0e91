using System.Diagnostics.CodeAnalysis;

namespace EventFunctions.EventSourcing;

/// <summary>A projection whose own failures are told from those of the world around it: they are poison events.</summary>
/// <param name="projection">Makes the view.</param>
internal sealed class GuardedProjection<TView>(IProjection<TView> projection)
    where TView : class
{
    /// <summary>The projection's name.</summary>
    public string Name => projection.Name;

    /// <summary>The version that follows a view.</summary>
    public static long Next(VersionedView<TView>? current) => (current?.Version ?? 0) + 1;

    /// <summary>Where the view of the event's stream is kept.</summary>
    /// <exception cref="PoisonEventException">The event does not tell.</exception>
    public ViewKey KeyOf(EventEnvelope envelope)
    {
        try
        {
            return projection.KeyOf(envelope);
        }
#pragma warning disable CA1031 // A pure function has nothing to fail by but the event and itself.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw PoisonEventException.Applying(envelope, exception);
        }
    }

    /// <summary>The view after the event.</summary>
    /// <exception cref="PoisonEventException">The event cannot be applied.</exception>
    public VersionedView<TView> Step(VersionedView<TView>? current, EventEnvelope envelope)
    {
        try
        {
            return new(projection.Apply(current?.View, envelope), envelope.Version, current?.Since ?? envelope.Time, envelope.Time);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw PoisonEventException.Applying(envelope, exception);
        }
    }

    /// <summary>The view after the event, or none where the event cannot be applied.</summary>
    public bool TryStep(VersionedView<TView>? current, EventEnvelope envelope, [NotNullWhen(true)] out VersionedView<TView>? next)
    {
        try
        {
            next = Step(current, envelope);
            return true;
        }
        catch (PoisonEventException)
        {
            next = null;
            return false;
        }
    }
}
