namespace EventFunctions.Local.Cosmos.Query;

/// <summary>What a page of a query may hold.</summary>
/// <param name="Rows">The most rows.</param>
/// <param name="Bytes">The size after which the page ends.</param>
internal sealed record QueryPageLimits(int Rows, long Bytes);

/// <summary>A page of a query's result.</summary>
/// <param name="Rows">The rows, each as JSON.</param>
/// <param name="Next">Where to go on; <see langword="null"/> when there is nothing more.</param>
/// <param name="ItemsRead">How many items were looked at.</param>
/// <param name="BytesRead">How many bytes these have.</param>
/// <param name="Session">The position the last of them were read at.</param>
internal sealed record QueryPage(IReadOnlyList<ReadOnlyMemory<byte>> Rows, QueryPosition? Next, int ItemsRead, long BytesRead, Store.SessionPosition Session);
