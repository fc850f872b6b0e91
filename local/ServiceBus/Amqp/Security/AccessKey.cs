using System.Net;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>A shared access rule of the namespace, with all rights: its name and its key.</summary>
/// <param name="Name">The name of the rule.</param>
/// <param name="Key">The key, as it stands in a connection string.</param>
public sealed record AccessKey(string Name, string Key)
{
    /// <summary>What the connection string of the official emulator has, so that it serves here, too.</summary>
    public static AccessKey OfEmulator { get; } = new("RootManageSharedAccessKey", "SAS_KEY_VALUE");

    /// <summary>What a client is made with that connects to where something listens.</summary>
    /// <param name="listener">The address, as it was listened on, and the port that was taken.</param>
    internal string ConnectionStringTo(IPEndPoint listener)
    {
        // All addresses of a machine are an address to listen on, and none to connect to.
        var isLocal = IPAddress.IsLoopback(listener.Address) || listener.Address.Equals(IPAddress.Any) || listener.Address.Equals(IPAddress.IPv6Any);
        var host = isLocal ? "localhost" : listener.Address.ToString();
        return $"Endpoint=sb://{host}:{listener.Port};SharedAccessKeyName={Name};SharedAccessKey={Key};UseDevelopmentEmulator=true;";
    }

    /// <inheritdoc />
    public override string ToString() => Name; // a key does not belong into a log
}
