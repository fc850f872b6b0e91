namespace EventFunctions.Local.Host.CommandLine;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCodes
{
    /// <summary>All went well; a stop that was asked for is one.</summary>
    public const int Success = 0;

    /// <summary>The runtime could not start, or a check of the demo failed.</summary>
    public const int Failure = 1;

    /// <summary>The command line asks for something there is not.</summary>
    public const int Usage = 2;
}
