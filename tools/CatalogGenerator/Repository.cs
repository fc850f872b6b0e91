namespace EventFunctions.CatalogGenerator;

/// <summary>Where things lie in the repository.</summary>
/// <param name="Root">Its root.</param>
internal sealed record Repository(string Root)
{
    private const string Solution = "EventFunctions.sln";

    /// <summary>The topics, subscriptions and rules.</summary>
    public string Messaging => Path.Combine(Root, "infra", "messaging.json");

    /// <summary>An example of each version of each event, as the tests keep them.</summary>
    public string Examples => Path.Combine(Root, "tests", "Domain", "Contracts");

    /// <summary>What is generated.</summary>
    public string EventDocs => Path.Combine(Root, "docs", "events");

    /// <summary>The repository that a directory lies in.</summary>
    /// <exception cref="CatalogException">It lies in none.</exception>
    public static Repository Around(string directory)
    {
        for (var candidate = new DirectoryInfo(directory); candidate is not null; candidate = candidate.Parent)
        {
            if (File.Exists(Path.Combine(candidate.FullName, Solution)))
            {
                return new Repository(candidate.FullName);
            }
        }

        throw new CatalogException($"There is no {Solution} in '{directory}' or above it. Run this inside the repository.");
    }
}
