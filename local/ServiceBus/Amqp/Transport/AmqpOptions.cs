using System.Net;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>How the AMQP endpoint listens, and how much it takes.</summary>
public sealed record AmqpOptions
{
    /// <summary>The address to listen on; loopback, which no other machine reaches, unless told otherwise.</summary>
    public IPAddress ListenAddress { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 takes a free one. 5672 is what clients of the emulator expect.</summary>
    public int Port { get; init; } = 5672;

    /// <summary>The rule whose key clients use.</summary>
    public AccessKey Key { get; init; } = AccessKey.OfEmulator;

    /// <summary>The largest frame taken and sent, in bytes; the service's 64 KB unless given.</summary>
    public uint MaxFrameSize { get; init; } = 65_536;

    /// <summary>How many connections there may be at a time.</summary>
    public int MaxConnections { get; init; } = 1_000;

    /// <summary>How many sessions a connection may have at a time.</summary>
    public ushort MaxSessions { get; init; } = 5_000;

    /// <summary>How many links a connection may have at a time.</summary>
    public int MaxLinks { get; init; } = 10_000;

    /// <summary>How many frames of messages a session takes before it has to tell that there is room for more.</summary>
    public uint IncomingWindow { get; init; } = 5_000;

    /// <summary>A peer that sends nothing for twice as long is taken for gone.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A peer that has not shown that it may be here by then is disconnected.</summary>
    public TimeSpan AuthenticationTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
