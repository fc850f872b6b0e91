using System.Net.Http.Headers;
using System.Text;

namespace EventFunctions.EndToEnd.Tests.BadInput;

/// <summary>A request that must be refused, and how.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">May have the placeholders {delivered} (an order's id) and {product}.</param>
/// <param name="Status">The status it must be answered.</param>
/// <param name="Code">The problem's code; <see langword="null"/> where any will do.</param>
public sealed record BadRequest(string Name, string Method, string Path, int Status, string? Code = null)
{
    /// <summary>The JSON body, if there is one; as text, because it may be no JSON.</summary>
    public string? Body { get; init; }

    /// <summary>What the body is declared to be.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>A header and its value.</summary>
    public (string Name, string Value)? Header { get; init; }

    /// <summary>Fields that the answer must name, all of them.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    public override string ToString() => Name;

    internal HttpRequestMessage ToRequest(string delivered, string product)
    {
        var path = Path.Replace("{delivered}", delivered, StringComparison.Ordinal).Replace("{product}", product, StringComparison.Ordinal);
        var request = new HttpRequestMessage(new HttpMethod(Method), path);
        if (Body is not null)
        {
            request.Content = new StringContent(Body, Encoding.UTF8, new MediaTypeHeaderValue(ContentType));
        }

        if (Header is { } header)
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        return request;
    }
}
