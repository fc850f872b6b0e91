namespace EventFunctions.CatalogGenerator;

/// <summary>The catalogue cannot be made from what the repository holds; the message names cause and remedy.</summary>
internal sealed class CatalogException(string message) : Exception(message);
