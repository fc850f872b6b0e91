namespace EventFunctions.Local.ServiceBus;

/// <summary>What an entity lets be done (Microsoft Learn, "Suspend and reactivate messaging entities"). Stored: a number keeps its meaning.</summary>
public enum EntityStatus
{
    /// <summary>Everything.</summary>
    Active = 0,

    /// <summary>Neither sending nor receiving.</summary>
    Disabled = 1,

    /// <summary>Receiving, but not sending.</summary>
    SendDisabled = 2,

    /// <summary>Sending, but not receiving.</summary>
    ReceiveDisabled = 3,
}
