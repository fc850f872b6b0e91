namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// Authentication before the connection is opened (AMQP 1.0, part 5, 5.3). ANONYMOUS and MSSBCBS, the service's own name for it, mean
/// that tokens follow on <c>$cbs</c>; PLAIN carries the name and key of a rule at once.
/// </summary>
internal static class SaslNegotiation
{
    private const string Anonymous = "ANONYMOUS";
    private const string ClaimsBased = "MSSBCBS";
    private const string Plain = "PLAIN";

    /// <summary>What is offered.</summary>
    public static SaslMechanisms Offer { get; } = new(ClaimsBased, Plain, Anonymous);

    /// <summary>Takes the peer's choice.</summary>
    /// <exception cref="AmqpFormatException">The peer sent something else.</exception>
    public static SaslOutcome Choose(Composite init, Grants grants)
    {
        if (init.Type != CompositeTypes.Init)
        {
            throw AmqpFormatException.Framing($"A {CompositeTypes.Init.Name} is expected, and there is a {init.Type.Name}.");
        }

        var isIn = ((AmqpSymbol)init[0]!).Value switch
        {
            Anonymous or ClaimsBased => true,
            Plain => init[1] is byte[] response && grants.AddPlain(response),
            _ => false,
        };
        return new SaslOutcome(isIn ? SaslOutcome.Ok : SaslOutcome.AuthenticationFailed);
    }
}
