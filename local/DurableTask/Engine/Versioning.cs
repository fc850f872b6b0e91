namespace EventFunctions.Local.DurableTask;

/// <summary>
/// Which instances a host runs, by their version and the host's own, its default version
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-orchestration-versioning, "Version matching").
/// </summary>
public enum VersionMatchStrategy
{
    /// <summary>All of them.</summary>
    None,

    /// <summary>Those of exactly its version.</summary>
    Strict,

    /// <summary>Those of its version or of an older one.</summary>
    CurrentOrOlder,
}

/// <summary>What becomes of an instance that a host does not run.</summary>
public enum VersionFailureStrategy
{
    /// <summary>It stays as it is, for a host that does.</summary>
    Reject,

    /// <summary>It fails.</summary>
    Fail,
}
