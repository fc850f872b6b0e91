namespace EventFunctions.Local.Host;

/// <summary>The files that the build copies beside the executable, so that the working directory does not matter.</summary>
internal static class OutputFiles
{
    /// <summary>The topics and subscriptions.</summary>
    public static string Messaging => Path.Combine(AppContext.BaseDirectory, "infra", "messaging.json");

    /// <summary>The store's containers.</summary>
    public static string Containers => Path.Combine(AppContext.BaseDirectory, "infra", "containers.json");

    /// <summary>The function app's own configuration of its triggers.</summary>
    public static string HostJson => Path.Combine(AppContext.BaseDirectory, "host.json");
}
