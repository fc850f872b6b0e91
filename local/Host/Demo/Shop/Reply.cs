using System.Net;

namespace EventFunctions.Local.Host.Demo.Shop;

/// <summary>What the app answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">The body as it came.</param>
/// <param name="Value">The body, if the request succeeded.</param>
/// <typeparam name="T">The body's type.</typeparam>
internal sealed record Reply<T>(HttpStatusCode Status, string Text, T? Value)
    where T : class
{
    /// <summary>The body of a request that had to succeed.</summary>
    /// <exception cref="UnexpectedReplyException">It did not.</exception>
    public T Expect(string what) => Value ?? throw new UnexpectedReplyException($"{what} was answered {(int)Status}: {Text}");
}

/// <summary>The app answered something that a scenario can't go on with.</summary>
/// <param name="message">What was asked and what was answered.</param>
internal sealed class UnexpectedReplyException(string message) : Exception(message);
