namespace EventFunctions.EventSourcing;

/// <summary>An export is damaged, incomplete or none. Nothing of the chunk was imported.</summary>
/// <param name="line">The line where it shows, 1 for the chunk's first.</param>
/// <param name="cause">What is wrong there.</param>
/// <param name="innerException">The cause, where there is one.</param>
public sealed class ExportFormatException(int line, string cause, Exception? innerException = null)
    : Exception($"Line {line}: {cause}", innerException)
{
    /// <summary>The line where it shows, 1 for the chunk's first.</summary>
    public int Line { get; } = line;

    /// <summary>What is wrong there.</summary>
    public string Cause { get; } = cause;
}
