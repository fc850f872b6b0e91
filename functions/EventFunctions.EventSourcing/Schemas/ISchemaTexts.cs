namespace EventFunctions.EventSourcing;

/// <summary>What types and their properties mean, in words, for the descriptions of schemas.</summary>
public interface ISchemaTexts
{
    /// <summary>What the type stands for; <see langword="null"/> where nothing is written about it.</summary>
    string? OfType(Type type);

    /// <summary>What the property tells; <see langword="null"/> where nothing is written about it.</summary>
    /// <param name="type">The type that declares the property.</param>
    /// <param name="property">The property's name in code.</param>
    string? OfProperty(Type type, string property);
}
