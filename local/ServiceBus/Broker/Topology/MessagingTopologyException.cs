namespace EventFunctions.Local.ServiceBus;

/// <summary>The messaging topology cannot be used; the message says where in the file, why, and what would be right.</summary>
public sealed class MessagingTopologyException : Exception
{
    /// <summary>Creates the exception.</summary>
    public MessagingTopologyException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public MessagingTopologyException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and what led to it.</summary>
    public MessagingTopologyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception for a place in the file.</summary>
    /// <param name="path">The place, as a JSON path, e.g. <c>$.topics[0].name</c>.</param>
    /// <param name="problem">What is wrong there.</param>
    public MessagingTopologyException(string path, string problem)
        : base($"{path}: {problem}") => Path = path;

    /// <summary>The place in the file, as a JSON path; null when the file as a whole could not be read.</summary>
    public string? Path { get; }
}
