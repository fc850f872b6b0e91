namespace EventFunctions.Local.DurableTask;

/// <summary>The rule for instance ids.</summary>
internal static class InstanceIds
{
    private const int MaxLength = 100;

    /// <exception cref="ArgumentException">The id is empty, longer than 100 characters, starts with '@' or has a character that is not allowed.</exception>
    public static void Check(string instanceId)
    {
        var error = instanceId switch
        {
            null or "" => "is empty",
            { Length: > MaxLength } => $"is longer than {MaxLength} characters",
            ['@', ..] => "starts with '@', which marks an entity",
            _ when instanceId.AsSpan().IndexOfAny("/\\#?") >= 0 => "contains one of / \\ # ?",
            _ when instanceId.Any(char.IsControl) => "contains a control character",
            _ => null,
        };
        if (error is not null)
        {
            throw new ArgumentException($"The instance id '{instanceId}' {error}.", nameof(instanceId));
        }
    }
}
