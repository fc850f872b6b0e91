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

    /// <summary>Examples of request bodies, where those that are made up would not be valid.</summary>
    public string BodyExamples => Path.Combine(Root, "tools", "CatalogGenerator", "Examples");

    /// <summary>What is generated about events.</summary>
    public string EventDocs => Path.Combine(Root, "docs", "events");

    /// <summary>What is generated about the HTTP API.</summary>
    public string ApiDocs => Path.Combine(Root, "docs", "api");

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
