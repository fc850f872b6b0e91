namespace Grpc.Core;

/// <summary>Why a call to the hub was refused (numbers as in gRPC's status codes); the codes a durable client meets.</summary>
public enum StatusCode
{
    /// <summary>It was not refused.</summary>
    OK = 0,

    /// <summary>The hub did not answer in time.</summary>
    DeadlineExceeded = 4,

    /// <summary>What it is about doesn't exist.</summary>
    NotFound = 5,

    /// <summary>The hub has no room for the call at the moment.</summary>
    ResourceExhausted = 8,

    /// <summary>What it is about is in a state that doesn't allow it.</summary>
    FailedPrecondition = 9,

    /// <summary>The hub can't be reached.</summary>
    Unavailable = 14,
}

/// <summary>A status code and its explanation.</summary>
public struct Status : IEquatable<Status>
{
    /// <summary>Makes a status.</summary>
    public Status(StatusCode statusCode, string detail)
    {
        StatusCode = statusCode;
        Detail = detail;
    }

    /// <summary>The code.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>The explanation.</summary>
    public string Detail { get; }

    /// <summary>Whether both say the same.</summary>
    public static bool operator ==(Status left, Status right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(Status left, Status right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(Status other) => StatusCode == other.StatusCode && Detail == other.Detail;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Status other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(StatusCode, Detail);

    /// <inheritdoc/>
    public override readonly string ToString() => $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")";
}

/// <summary>The hub refused a call.</summary>
#pragma warning disable CA1032 // The real type always has a status.
public class RpcException : Exception
#pragma warning restore CA1032
{
    /// <summary>Refused with a status.</summary>
    public RpcException(Status status)
        : this(status, status.ToString())
    {
    }

    /// <summary>Refused with a status and a message.</summary>
    public RpcException(Status status, string message)
        : base(message) => Status = status;

    /// <summary>The status.</summary>
    public Status Status { get; }

    /// <summary>The status's code.</summary>
    public StatusCode StatusCode => Status.StatusCode;
}
