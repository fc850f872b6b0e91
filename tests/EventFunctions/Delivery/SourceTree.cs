using EventFunctions.Tests.Support;

namespace EventFunctions.Tests.Delivery;

/// <summary>Where the sources lie, for what is declared in files.</summary>
internal static class SourceTree
{
    public static string Root => RepositoryRoot.Path;
}
