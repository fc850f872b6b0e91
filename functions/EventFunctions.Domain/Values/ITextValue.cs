using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace EventFunctions.Domain;

/// <summary>A value that is written as one piece of text, in JSON and elsewhere.</summary>
/// <typeparam name="TSelf">The value's type.</typeparam>
internal interface ITextValue<TSelf>
    where TSelf : class, ITextValue<TSelf>
{
    /// <summary>The form of the text, as keywords of JSON Schema beside <c>type</c>.</summary>
    static abstract JsonObject TextSchema { get; }

    /// <summary>
    /// What stands for the value once it is erased, or <see langword="null"/> where the value is nothing personal. Its text is
    /// <see cref="EventSourcing.ErasedText"/>, which <see cref="TryCreate"/> takes from nobody.
    /// </summary>
    static virtual TSelf? Erased => null;

    /// <summary>The canonical text.</summary>
    string Text { get; }

    /// <summary>Reads the value, or tells that the text is none.</summary>
    static abstract bool TryCreate([NotNullWhen(true)] string? text, [NotNullWhen(true)] out TSelf? value);
}
