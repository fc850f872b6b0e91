namespace EventFunctions.Tests.Support;

/// <summary>Where the sources lie, for what is declared in files and for files that tests keep.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder of the solution.</summary>
    /// <exception cref="InvalidOperationException">The tests do not run inside the repository.</exception>
    public static string Path { get; } = Find();

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(directory.FullName, "EventFunctions.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return directory.FullName;
    }
}
