namespace Grpc.Core;

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
