namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>A shared access rule of the namespace, with all rights: its name and its key.</summary>
/// <param name="Name">The name of the rule.</param>
/// <param name="Key">The key, as it stands in a connection string.</param>
public sealed record AccessKey(string Name, string Key)
{
    /// <summary>What the connection string of the official emulator has, so that it serves here, too.</summary>
    public static AccessKey OfEmulator { get; } = new("RootManageSharedAccessKey", "SAS_KEY_VALUE");

    /// <inheritdoc />
    public override string ToString() => Name; // a key does not belong into a log
}
