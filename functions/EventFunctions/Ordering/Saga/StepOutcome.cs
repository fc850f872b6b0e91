using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Saga;

/// <summary>How a step ended: done, or refused by a rule. What failed for a technical reason is an exception instead.</summary>
/// <param name="IsDone">Whether the step did what it is for.</param>
/// <param name="Code">Why not; stable, lower-case and hyphenated.</param>
/// <param name="Reason">The same for a person.</param>
public sealed record StepOutcome(bool IsDone, string? Code = null, string? Reason = null)
{
    /// <summary>The step did what it is for.</summary>
    public static StepOutcome Done { get; } = new(true);

    /// <summary>The order is cancelled, so the step is not taken: it came late, or ran again after everything was undone.</summary>
    public static StepOutcome OrderIsCancelled { get; } = Refused(OrderRejections.Cancelled, "The order is cancelled.");

    /// <summary>The order is from before addresses were recorded, so there is nowhere to send it to; nothing happened.</summary>
    public static StepOutcome AddressNotRecorded { get; } =
        Refused(OrderRejections.AddressNotRecorded, "The order has no address that it can be sent to.");

    /// <summary>The customer's account is closed or erased, so the order is not carried out; nothing happened.</summary>
    public static StepOutcome CustomerNotAllowed { get; } =
        Refused("customer-not-allowed", "The customer's account is closed.");

    /// <summary>A rule forbids the step; nothing happened.</summary>
    public static StepOutcome Refused(string code, string reason) => new(false, code, reason);

    /// <summary>How a command ended, as a step's outcome.</summary>
    /// <exception cref="StepContendedException">Other writers won every attempt: the step is tried again.</exception>
    /// <exception cref="InvalidOperationException">The command id was used for something else, which is a bug.</exception>
    public static StepOutcome Of<TState>(CommandResult<TState> result)
        where TState : class => result switch
        {
            CommandResult<TState>.Committed => Done,
            CommandResult<TState>.Rejected rejected => Refused(rejected.Reason.Code, rejected.Reason.Message),
            CommandResult<TState>.Contended contended => throw new StepContendedException(contended.Attempts),
            _ => throw new InvalidOperationException($"A step's command sets no version and no fingerprint, but ended as {result}."),
        };
}

/// <summary>What an undoing step found.</summary>
/// <param name="Undid">Whether there was anything to undo.</param>
public sealed record UndoOutcome(bool Undid)
{
    /// <summary>An undo that was recorded.</summary>
    /// <param name="recorded">How recording it ended.</param>
    /// <param name="undid">Whether there was anything to undo.</param>
    /// <exception cref="UndoRefusedException">A rule forbids it.</exception>
    public static UndoOutcome Of(StepOutcome recorded, bool undid)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.IsDone ? new UndoOutcome(undid) : throw new UndoRefusedException(recorded.Code!, recorded.Reason!);
    }
}

/// <summary>A rule forbids to undo a step; trying again will not help.</summary>
/// <param name="code">The rule.</param>
/// <param name="reason">The same for a person.</param>
public sealed class UndoRefusedException(string code, string reason) : Exception($"{reason} ({code})");

/// <summary>Other writers won every attempt of a step's command; nothing was written.</summary>
/// <param name="attempts">How many were made.</param>
public sealed class StepContendedException(int attempts)
    : Exception($"Other writers changed the same stream in each of {attempts} attempts.");
