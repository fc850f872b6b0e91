namespace EventFunctions.Local.Host.Sandbox.Webhooks;

/// <summary>A post that came to a receiver.</summary>
/// <param name="Id">Its <c>webhook-id</c>.</param>
/// <param name="IsSigned">Whether one of its signatures is right and it is not too old.</param>
/// <param name="Status">How it was answered.</param>
/// <param name="Type">The <c>type</c> in its body.</param>
/// <param name="Body">Its body.</param>
internal sealed record ReceivedPost(string Id, bool IsSigned, int Status, string? Type, string Body);
