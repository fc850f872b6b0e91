namespace EventFunctions.Tests.Support.Disks;

/// <summary>What befalls a process and its disk.</summary>
public enum Mishap
{
    /// <summary>The next write finds the disk full.</summary>
    FillDisk,

    /// <summary>The next sync fails.</summary>
    FailSync,

    /// <summary>The power goes after some of the next steps on the disk.</summary>
    LosePowerSoon,

    /// <summary>The power goes: what was not synced may be lost.</summary>
    LosePower,

    /// <summary>The process ends, and the disk keeps what it was given.</summary>
    Kill,
}
