using EventFunctions.EventSourcing;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Http;

/// <summary>The key a client sends to be able to repeat a request without repeating its effect.</summary>
public static class IdempotencyKey
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>An id that follows from the key, or a new one where the request has no key.</summary>
    /// <param name="request">The request.</param>
    /// <param name="scope">Within what the key is meant, so that one key may be used for requests of different kinds.</param>
    /// <exception cref="ProblemException">400: the key is too long or has characters other than visible ASCII.</exception>
    public static Guid IdFor(HttpRequest request, Guid scope)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.Headers.TryGetValue(Header, out var values))
        {
            return Guid.NewGuid();
        }

        var key = values.ToString();
        if (key.Length is 0 or > MaxLength || key.Any(c => c is <= ' ' or > '~'))
        {
            throw new ProblemException(Problem.Invalid(Header, $"Must have 1 to {MaxLength} visible ASCII characters."));
        }

        return NameBasedGuid.Create(scope, key);
    }
}
