using System.Runtime.CompilerServices;

namespace EventFunctions.EventSourcing;

/// <summary>Goes over a directory, and can go on later at any stream.</summary>
internal static class DirectoryWalk
{
    /// <summary>The entries from a place on, each with the page that has it; <see langword="null"/> is the first page.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="pageSize">How many streams a page has.</param>
    /// <param name="page">The page to begin on.</param>
    /// <param name="stream">The stream of the page to begin with; the whole page if it is not there any more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<(string? Page, DirectoryEntry Entry)> FromAsync(
        IStreamDirectory directory,
        int pageSize,
        string? page,
        string? stream,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var listed = await directory.ListAsync(pageSize, page, cancellationToken);
            var entries = listed.Entries;
            if (stream is not null && entries.Any(e => e.Stream == stream))
            {
                entries = [.. entries.SkipWhile(e => e.Stream != stream)];
            }

            foreach (var entry in entries)
            {
                yield return (page, entry);
            }

            if (listed.Continuation is null)
            {
                yield break;
            }

            (page, stream) = (listed.Continuation, null);
        }
    }
}
