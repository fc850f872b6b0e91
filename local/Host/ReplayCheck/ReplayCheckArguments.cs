using EventFunctions.Local.Host.Administration;

namespace EventFunctions.Local.Host.ReplayCheck;

/// <summary>What to replay.</summary>
/// <param name="Folder">Has the exported histories, a file for each.</param>
/// <param name="Versions">What an instance may have been started with where its history does not tell; none for that of host.json.</param>
internal sealed record ReplayCheckArguments(string Folder, IReadOnlyList<string> Versions);

/// <summary>Which histories to export, and where to.</summary>
/// <param name="Target">The task hub's app, and its key.</param>
/// <param name="Folder">Gets a file for each instance.</param>
/// <param name="Statuses">Only instances of these runtime statuses; none for all.</param>
internal sealed record ExportHistoriesArguments(AdminTarget Target, string Folder, IReadOnlyList<string> Statuses);
