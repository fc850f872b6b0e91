namespace EventFunctions.Marketing;

/// <summary>How much a customer has spent, roughly: what campaigns are aimed by.</summary>
public enum SpendBand
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>Less than 100 units of the currency.</summary>
    Low,

    /// <summary>Less than 1,000.</summary>
    Medium,

    /// <summary>1,000 or more.</summary>
    High,
}

/// <summary>Where the bands begin.</summary>
public static class SpendBands
{
    private const decimal MediumFrom = 100;
    private const decimal HighFrom = 1000;

    /// <summary>The band of an amount, in units of its currency.</summary>
    public static SpendBand Of(decimal amount) => amount switch
    {
        <= 0 => SpendBand.None,
        < MediumFrom => SpendBand.Low,
        < HighFrom => SpendBand.Medium,
        _ => SpendBand.High,
    };
}
