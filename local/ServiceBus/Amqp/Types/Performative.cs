namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>What a frame of AMQP does (AMQP 1.0, part 2, 2.7). Fields that nothing here goes by are not kept.</summary>
internal abstract record Performative : IComposite
{
    private Performative(CompositeType type) => Type = type;

    /// <inheritdoc />
    public CompositeType Type { get; }

    /// <summary>Reads a performative.</summary>
    /// <exception cref="AmqpFormatException">The bytes are none.</exception>
    public static Performative Read(ref AmqpReader reader)
    {
        var f = Composite.Read(ref reader);
        return f.Type.Code switch
        {
            0x10 => new Open((string)f[0]!, (string?)f[1], (uint?)f[2] ?? uint.MaxValue, (ushort?)f[3] ?? ushort.MaxValue, (uint?)f[4], (AmqpMap?)f[9]),
            0x11 => new Begin((ushort?)f[0], (uint)f[1]!, (uint)f[2]!, (uint)f[3]!, (uint?)f[4] ?? uint.MaxValue),
            0x12 => new Attach((string)f[0]!, (uint)f[1]!, (bool)f[2]!)
            {
                SenderSettleMode = (byte?)f[3] ?? Attach.MixedSettlement,
                ReceiverSettleMode = (byte?)f[4] ?? 0,
                Source = Source.Of(f[5]),
                Target = Target.Of(f[6]),
                InitialDeliveryCount = (uint?)f[9],
                MaxMessageSize = (ulong?)f[10],
                Properties = (AmqpMap?)f[13],
            },
            0x13 => new Flow((uint?)f[0], (uint)f[1]!, (uint)f[2]!, (uint)f[3]!)
            {
                Handle = (uint?)f[4],
                DeliveryCount = (uint?)f[5],
                LinkCredit = (uint?)f[6],
                Drain = (bool?)f[8] ?? false,
                Echo = (bool?)f[9] ?? false,
            },
            0x14 => new Transfer((uint)f[0]!)
            {
                DeliveryId = (uint?)f[1],
                DeliveryTag = (byte[]?)f[2],
                MessageFormat = (uint?)f[3],
                Settled = (bool?)f[4],
                More = (bool?)f[5] ?? false,
                State = DeliveryState.Of(f[7]),
                Aborted = (bool?)f[9] ?? false,
            },
            0x15 => new Disposition((bool)f[0]!, (uint)f[1]!, (uint?)f[2] ?? (uint)f[1]!, (bool?)f[3] ?? false, DeliveryState.Of(f[4])),
            0x16 => new Detach((uint)f[0]!, (bool?)f[1] ?? false, AmqpError.Of(f[2])),
            0x17 => new End(AmqpError.Of(f[0])),
            0x18 => new Close(AmqpError.Of(f[0])),
            _ => throw AmqpFormatException.Framing($"A {f.Type.Name} is no performative."),
        };
    }

    /// <inheritdoc />
    public abstract object?[] Fields();

    /// <summary>Negotiates a connection.</summary>
    public sealed record Open(
        string ContainerId, string? Hostname, uint MaxFrameSize, ushort ChannelMax, uint? IdleTimeOut, AmqpMap? Properties)
        : Performative(CompositeTypes.Open)
    {
        public override object?[] Fields() => [ContainerId, Hostname, MaxFrameSize, ChannelMax, IdleTimeOut, null, null, null, null, Properties];
    }

    /// <summary>Begins a session on a channel.</summary>
    public sealed record Begin(ushort? RemoteChannel, uint NextOutgoingId, uint IncomingWindow, uint OutgoingWindow, uint HandleMax)
        : Performative(CompositeTypes.Begin)
    {
        public override object?[] Fields() => [RemoteChannel, NextOutgoingId, IncomingWindow, OutgoingWindow, HandleMax];
    }

    /// <summary>Attaches a link to a session.</summary>
    /// <param name="Name">Which, between the two containers.</param>
    /// <param name="Handle">What it is called from now on by whoever sends this.</param>
    /// <param name="IsReceiver">Whether whoever sends this receives messages on it.</param>
    public sealed record Attach(string Name, uint Handle, bool IsReceiver) : Performative(CompositeTypes.Attach)
    {
        public const byte Settled = 1;
        public const byte MixedSettlement = 2;

        public byte SenderSettleMode { get; init; } = MixedSettlement;

        public byte ReceiverSettleMode { get; init; }

        public Source? Source { get; init; }

        public Target? Target { get; init; }

        public uint? InitialDeliveryCount { get; init; }

        public ulong? MaxMessageSize { get; init; }

        public AmqpMap? Properties { get; init; }

        public override object?[] Fields() =>
        [
            Name, Handle, IsReceiver, SenderSettleMode, ReceiverSettleMode, Source, Target, null, null, InitialDeliveryCount, MaxMessageSize,
            null, null, Properties,
        ];
    }

    /// <summary>Tells where session windows and a link's credit stand.</summary>
    public sealed record Flow(uint? NextIncomingId, uint IncomingWindow, uint NextOutgoingId, uint OutgoingWindow)
        : Performative(CompositeTypes.Flow)
    {
        public uint? Handle { get; init; }

        public uint? DeliveryCount { get; init; }

        public uint? LinkCredit { get; init; }

        public bool Drain { get; init; }

        public bool Echo { get; init; }

        public override object?[] Fields() =>
            [NextIncomingId, IncomingWindow, NextOutgoingId, OutgoingWindow, Handle, DeliveryCount, LinkCredit, null, Drain ? true : null, Echo ? true : null];
    }

    /// <summary>Carries a message, or a part of one.</summary>
    public sealed record Transfer(uint Handle) : Performative(CompositeTypes.Transfer)
    {
        public uint? DeliveryId { get; init; }

        public ReadOnlyMemory<byte>? DeliveryTag { get; init; }

        public uint? MessageFormat { get; init; }

        public bool? Settled { get; init; }

        public bool More { get; init; }

        public DeliveryState? State { get; init; }

        public bool Aborted { get; init; }

        public override object?[] Fields() =>
            [Handle, DeliveryId, DeliveryTag, MessageFormat, Settled, More ? true : null, null, State, null, Aborted ? true : null];
    }

    /// <summary>Tells what has become of deliveries.</summary>
    /// <param name="IsReceiver">Whether whoever sends this received them.</param>
    /// <param name="First">The id of the first one.</param>
    /// <param name="Last">The id of the last one.</param>
    /// <param name="Settled">Whether whoever sends this has forgotten them.</param>
    /// <param name="State">What has become of them.</param>
    public sealed record Disposition(bool IsReceiver, uint First, uint Last, bool Settled, DeliveryState? State)
        : Performative(CompositeTypes.Disposition)
    {
        public override object?[] Fields() => [IsReceiver, First, Last == First ? null : Last, Settled, State];
    }

    /// <summary>Detaches a link.</summary>
    public sealed record Detach(uint Handle, bool Closed, AmqpError? Error) : Performative(CompositeTypes.Detach)
    {
        public override object?[] Fields() => [Handle, Closed, Error];
    }

    /// <summary>Ends a session.</summary>
    public sealed record End(AmqpError? Error) : Performative(CompositeTypes.End)
    {
        public override object?[] Fields() => [Error];
    }

    /// <summary>Closes a connection.</summary>
    public sealed record Close(AmqpError? Error) : Performative(CompositeTypes.Close)
    {
        public override object?[] Fields() => [Error];
    }
}
