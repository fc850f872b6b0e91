namespace EventFunctions.Local.Host;

/// <summary>The local runtime can't start; the message names the cause and the remedy.</summary>
public sealed class LocalRuntimeException : Exception
{
    /// <summary>With what is to be told.</summary>
    /// <param name="message">Cause and remedy.</param>
    public LocalRuntimeException(string message)
        : base(message)
    {
    }

    /// <summary>With what is to be told and what lies behind it.</summary>
    /// <param name="message">Cause and remedy.</param>
    /// <param name="innerException">What lies behind it.</param>
    public LocalRuntimeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Without a message of its own.</summary>
    public LocalRuntimeException()
    {
    }
}
