namespace EventFunctions.Marketing;

/// <summary>How an order counts for a profile. Each includes what the one before it says, but for a cancelled order, which is worth nothing.</summary>
public enum OrderStage
{
    /// <summary>Not at all: it is not known yet what was ordered.</summary>
    Unknown,

    /// <summary>As an order with its products.</summary>
    Placed,

    /// <summary>As spending as well.</summary>
    Paid,

    /// <summary>As an order that was cancelled, with neither products nor spending.</summary>
    Cancelled,
}
