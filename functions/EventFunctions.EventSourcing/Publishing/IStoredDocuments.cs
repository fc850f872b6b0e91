using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>Reads the items of streams as they are stored, also those that nothing else can read.</summary>
public interface IStoredDocuments
{
    /// <summary>The document, or <see langword="null"/> if there is none there.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached or is overloaded.</exception>
    Task<JsonElement?> FindAsync(DocumentReference source, CancellationToken cancellationToken = default);
}
