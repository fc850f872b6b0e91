namespace EventFunctions.EventSourcing.Testing;

/// <summary>What a process asked for: an activity, a command, a message to another process.</summary>
/// <param name="Name">What it is, as fine as a specification tells steps apart, e.g. <c>reserve-stock:mug</c>.</param>
/// <param name="Input">What it was asked with, where there was anything.</param>
public sealed record IssuedStep(string Name, object? Input = null);
