namespace EventFunctions.Local.Cosmos.Store;

/// <summary>What an item's member must be to be of interest: a number between two others, both included.</summary>
/// <param name="Member">The name of a member of the item itself.</param>
/// <param name="Low">The least number.</param>
/// <param name="High">The greatest number.</param>
internal sealed record NumberWindow(string Member, double Low, double High);
