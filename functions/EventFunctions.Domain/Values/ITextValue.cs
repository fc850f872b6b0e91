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

    /// <summary>The canonical text.</summary>
    string Text { get; }

    /// <summary>Reads the value, or tells that the text is none.</summary>
    static abstract bool TryCreate([NotNullWhen(true)] string? text, [NotNullWhen(true)] out TSelf? value);
}
