using System.Collections.Frozen;
using static EventFunctions.Local.ServiceBus.Amqp.FieldKind;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// The composite types of AMQP 1.0: performatives (part 2, 2.7), errors (2.8), messaging (part 3), transactions (part 4), which are known
/// so that they can be refused by name, and security (part 5).
/// </summary>
internal static class CompositeTypes
{
    public static readonly CompositeType Open = new(0x10, "amqp:open:list",
        new("container-id", FieldKind.String, true), new("hostname", FieldKind.String), new("max-frame-size", UInt), new("channel-max", UShort),
        new("idle-time-out", UInt), new("outgoing-locales", Symbols), new("incoming-locales", Symbols), new("offered-capabilities", Symbols),
        new("desired-capabilities", Symbols), new("properties", Map));

    public static readonly CompositeType Begin = new(0x11, "amqp:begin:list",
        new("remote-channel", UShort), new("next-outgoing-id", UInt, true), new("incoming-window", UInt, true),
        new("outgoing-window", UInt, true), new("handle-max", UInt), new("offered-capabilities", Symbols),
        new("desired-capabilities", Symbols), new("properties", Map));

    public static readonly CompositeType Attach = new(0x12, "amqp:attach:list",
        new("name", FieldKind.String, true), new("handle", UInt, true), new("role", FieldKind.Boolean, true), new("snd-settle-mode", UByte),
        new("rcv-settle-mode", UByte), new("source", Described), new("target", Described), new("unsettled", Map),
        new("incomplete-unsettled", FieldKind.Boolean), new("initial-delivery-count", UInt), new("max-message-size", ULong),
        new("offered-capabilities", Symbols), new("desired-capabilities", Symbols), new("properties", Map));

    public static readonly CompositeType Flow = new(0x13, "amqp:flow:list",
        new("next-incoming-id", UInt), new("incoming-window", UInt, true), new("next-outgoing-id", UInt, true),
        new("outgoing-window", UInt, true), new("handle", UInt), new("delivery-count", UInt), new("link-credit", UInt),
        new("available", UInt), new("drain", FieldKind.Boolean), new("echo", FieldKind.Boolean), new("properties", Map));

    public static readonly CompositeType Transfer = new(0x14, "amqp:transfer:list",
        new("handle", UInt, true), new("delivery-id", UInt), new("delivery-tag", Binary), new("message-format", UInt),
        new("settled", FieldKind.Boolean), new("more", FieldKind.Boolean), new("rcv-settle-mode", UByte), new("state", Described),
        new("resume", FieldKind.Boolean), new("aborted", FieldKind.Boolean), new("batchable", FieldKind.Boolean));

    public static readonly CompositeType Disposition = new(0x15, "amqp:disposition:list",
        new("role", FieldKind.Boolean, true), new("first", UInt, true), new("last", UInt), new("settled", FieldKind.Boolean),
        new("state", Described), new("batchable", FieldKind.Boolean));

    public static readonly CompositeType Detach = new(0x16, "amqp:detach:list",
        new("handle", UInt, true), new("closed", FieldKind.Boolean), new("error", Described));

    public static readonly CompositeType End = new(0x17, "amqp:end:list", new CompositeField("error", Described));

    public static readonly CompositeType Close = new(0x18, "amqp:close:list", new CompositeField("error", Described));

    public static readonly CompositeType Error = new(0x1d, "amqp:error:list",
        new("condition", FieldKind.Symbol, true), new("description", FieldKind.String), new("info", Map));

    public static readonly CompositeType Received = new(0x23, "amqp:received:list",
        new("section-number", UInt, true), new("section-offset", ULong, true));

    public static readonly CompositeType Accepted = new(0x24, "amqp:accepted:list");

    public static readonly CompositeType Rejected = new(0x25, "amqp:rejected:list", new CompositeField("error", Described));

    public static readonly CompositeType Released = new(0x26, "amqp:released:list");

    public static readonly CompositeType Modified = new(0x27, "amqp:modified:list",
        new("delivery-failed", FieldKind.Boolean), new("undeliverable-here", FieldKind.Boolean), new("message-annotations", Map));

    public static readonly CompositeType Source = new(0x28, "amqp:source:list",
        new("address", Any), new("durable", UInt), new("expiry-policy", FieldKind.Symbol), new("timeout", UInt),
        new("dynamic", FieldKind.Boolean), new("dynamic-node-properties", Map), new("distribution-mode", FieldKind.Symbol),
        new("filter", Map), new("default-outcome", Described), new("outcomes", Symbols), new("capabilities", Symbols));

    public static readonly CompositeType Target = new(0x29, "amqp:target:list",
        new("address", Any), new("durable", UInt), new("expiry-policy", FieldKind.Symbol), new("timeout", UInt),
        new("dynamic", FieldKind.Boolean), new("dynamic-node-properties", Map), new("capabilities", Symbols));

    public static readonly CompositeType Coordinator = new(0x30, "amqp:coordinator:list", new CompositeField("capabilities", Symbols));

    public static readonly CompositeType TransactionalState = new(0x34, "amqp:transactional-state:list",
        new("txn-id", Binary, true), new("outcome", Described));

    public static readonly CompositeType Mechanisms = new(0x40, "amqp:sasl-mechanisms:list",
        new CompositeField("sasl-server-mechanisms", Symbols, true));

    public static readonly CompositeType Init = new(0x41, "amqp:sasl-init:list",
        new("mechanism", FieldKind.Symbol, true), new("initial-response", Binary), new("hostname", FieldKind.String));

    public static readonly CompositeType Challenge = new(0x42, "amqp:sasl-challenge:list", new CompositeField("challenge", Binary, true));

    public static readonly CompositeType Response = new(0x43, "amqp:sasl-response:list", new CompositeField("response", Binary, true));

    public static readonly CompositeType Outcome = new(0x44, "amqp:sasl-outcome:list",
        new("code", UByte, true), new("additional-data", Binary));

    public static readonly CompositeType Header = new(0x70, "amqp:header:list",
        new("durable", FieldKind.Boolean), new("priority", UByte), new("ttl", UInt), new("first-acquirer", FieldKind.Boolean),
        new("delivery-count", UInt));

    public static readonly CompositeType Properties = new(0x73, "amqp:properties:list",
        new("message-id", Id), new("user-id", Binary), new("to", Any), new("subject", FieldKind.String), new("reply-to", Any),
        new("correlation-id", Id), new("content-type", FieldKind.Symbol), new("content-encoding", FieldKind.Symbol),
        new("absolute-expiry-time", FieldKind.Timestamp), new("creation-time", FieldKind.Timestamp), new("group-id", FieldKind.String),
        new("group-sequence", UInt), new("reply-to-group-id", FieldKind.String));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CompositeType> All { get; } =
    [
        Open, Begin, Attach, Flow, Transfer, Disposition, Detach, End, Close, Error, Received, Accepted, Rejected, Released, Modified, Source,
        Target, Coordinator, TransactionalState, Mechanisms, Init, Challenge, Response, Outcome, Header, Properties,
    ];

    private static readonly FrozenDictionary<ulong, CompositeType> ByCode = All.ToFrozenDictionary(type => type.Code);
    private static readonly FrozenDictionary<string, CompositeType> ByName = All.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>The type a descriptor stands for; none that is known if null.</summary>
    public static CompositeType? Find(object? descriptor) => descriptor switch
    {
        ulong code => ByCode.GetValueOrDefault(code),
        AmqpSymbol name => ByName.GetValueOrDefault(name.Value),
        _ => null,
    };
}
