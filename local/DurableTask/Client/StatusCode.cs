namespace Grpc.Core;

/// <summary>Why a call was refused (gRPC's status codes, https://grpc.io/docs/guides/status-codes/).</summary>
public enum StatusCode
{
    /// <summary>It was not refused.</summary>
    OK = 0,

    /// <summary>The caller cancelled it.</summary>
    Cancelled = 1,

    /// <summary>The other side failed without saying how.</summary>
    Unknown = 2,

    /// <summary>An argument is wrong whatever the state.</summary>
    InvalidArgument = 3,

    /// <summary>The hub did not answer in time.</summary>
    DeadlineExceeded = 4,

    /// <summary>What it is about doesn't exist.</summary>
    NotFound = 5,

    /// <summary>What it would make exists.</summary>
    AlreadyExists = 6,

    /// <summary>The caller may not do it.</summary>
    PermissionDenied = 7,

    /// <summary>The hub has no room for the call at the moment.</summary>
    ResourceExhausted = 8,

    /// <summary>What it is about is in a state that doesn't allow it.</summary>
    FailedPrecondition = 9,

    /// <summary>It lost against another call at the same time.</summary>
    Aborted = 10,

    /// <summary>It reaches past the end.</summary>
    OutOfRange = 11,

    /// <summary>The other side doesn't know the call.</summary>
    Unimplemented = 12,

    /// <summary>The other side is broken.</summary>
    Internal = 13,

    /// <summary>The hub can't be reached.</summary>
    Unavailable = 14,

    /// <summary>Data is lost for good.</summary>
    DataLoss = 15,

    /// <summary>The caller didn't say who it is.</summary>
    Unauthenticated = 16,
}
