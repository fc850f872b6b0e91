namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer function learns of its schedule.</summary>
public class TimerInfo
{
    /// <summary>The state of the schedule; null where the trigger does not keep track of it.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether this run comes later than it should.</summary>
    public bool IsPastDue { get; set; }
}

/// <summary>The state of a schedule; all times are UTC.</summary>
public class ScheduleStatus
{
    /// <summary>The occurrence before this run, or the default where there was none.</summary>
    public DateTime Last { get; set; }

    /// <summary>The occurrence that is expected after this run.</summary>
    public DateTime Next { get; set; }

    /// <summary>When the state last changed.</summary>
    public DateTime LastUpdated { get; set; }
}
