namespace EventFunctions.Local.Host.Administration;

/// <summary>Which app to administer.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Key">Its function key, where it asks for one.</param>
internal sealed record AdminTarget(Uri Url, string? Key);

/// <summary>What to export, and where to.</summary>
/// <param name="Target">The app.</param>
/// <param name="File">The file.</param>
/// <param name="Stream">The one stream; <see langword="null"/> for all.</param>
/// <param name="IsResumed">Whether the file has the beginning already.</param>
internal sealed record ExportArguments(AdminTarget Target, string File, string? Stream, bool IsResumed);

/// <summary>What to import.</summary>
/// <param name="Target">The app.</param>
/// <param name="File">The file.</param>
/// <param name="Mapping">How the file's events become ours; <see langword="null"/> if it is an export.</param>
internal sealed record ImportArguments(AdminTarget Target, string File, string? Mapping);

/// <summary>What to verify.</summary>
/// <param name="Target">The app.</param>
internal sealed record VerifyArguments(AdminTarget Target);
