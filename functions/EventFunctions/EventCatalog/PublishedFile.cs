namespace EventFunctions.EventCatalog;

/// <summary>A file of the catalogue as it is served.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="EntityTag">Tells its content from any other, quoted (RFC 9110, section 8.8.3).</param>
public sealed record PublishedFile(ReadOnlyMemory<byte> Content, string ContentType, string EntityTag);
