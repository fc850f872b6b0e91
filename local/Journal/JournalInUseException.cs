namespace EventFunctions.Local.Journal;

/// <summary>A journal is open in the folder already, in this process or in another.</summary>
public sealed class JournalInUseException : IOException
{
    /// <summary>Names the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cause">What the system said.</param>
    internal JournalInUseException(string folder, Exception cause)
        : base($"The folder '{folder}' is in use: another process (or another part of this one) has its journal open. Stop that one, or use another folder.", cause)
    {
    }
}
