namespace EventFunctions.Local.Host.CommandLine;

/// <summary>What to serve, and how.</summary>
/// <param name="Port">The app's port; 0 takes a free one.</param>
/// <param name="Folder">Where state is kept; <see langword="null"/> keeps it in memory.</param>
/// <param name="Verbose">Whether the phases of the start are shown.</param>
/// <param name="LogLevel">The least severe log lines that are shown.</param>
internal sealed record ServeArguments(int Port, string? Folder, bool Verbose, LogLevel LogLevel);

/// <summary>What to drive in the demo, and how.</summary>
/// <param name="Orders">How many orders the burst has.</param>
/// <param name="Seed">Decides the burst's mix of outcomes.</param>
/// <param name="Url">A running app to drive, instead of starting one.</param>
/// <param name="SandboxUrl">That app's sandbox.</param>
/// <param name="Verbose">Whether every check is shown, not only those that failed.</param>
/// <param name="LogLevel">The least severe log lines that are shown as they come; <see langword="null"/> keeps errors back until a check has failed.</param>
internal sealed record DemoArguments(int Orders, int Seed, Uri? Url, Uri? SandboxUrl, bool Verbose, LogLevel? LogLevel);
