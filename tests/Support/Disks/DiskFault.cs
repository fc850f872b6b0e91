namespace EventFunctions.Tests.Support.Disks;

/// <summary>What goes wrong.</summary>
public enum DiskFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A write is cut short.</summary>
    FullDisk,

    /// <summary>A sync of a file fails, and what it had to sync is lost in part.</summary>
    FailedSync,
}
