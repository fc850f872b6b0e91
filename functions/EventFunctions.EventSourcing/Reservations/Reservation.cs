namespace EventFunctions.EventSourcing;

/// <summary>A name that somebody has.</summary>
/// <param name="Name">The name.</param>
/// <param name="Owner">Who has it, e.g. a stream.</param>
/// <param name="Since">When it was last reserved; UTC.</param>
/// <param name="Token">Identifies this state of it; opaque.</param>
public sealed record Reservation(ReservationName Name, string Owner, DateTimeOffset Since, string Token);
