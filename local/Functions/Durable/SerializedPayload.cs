namespace EventFunctions.Local.Functions.Durable;

/// <summary>A payload that is JSON already, from outside; it is kept as it is, whatever serializer the app has.</summary>
/// <param name="Json">The text.</param>
internal sealed record SerializedPayload(string Json);
