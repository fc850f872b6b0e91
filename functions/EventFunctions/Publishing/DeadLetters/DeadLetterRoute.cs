using System.Globalization;
using EventFunctions.Http;

namespace EventFunctions.Publishing.DeadLetters;

/// <summary>Subscriptions and dead letters in routes.</summary>
internal static class DeadLetterRoute
{
    /// <summary>The subscription a route names.</summary>
    /// <exception cref="ProblemException">404: there is none of that name.</exception>
    public static SubscriptionName Source(string topic, string subscription)
    {
        var name = new SubscriptionName(topic, subscription);
        return SubscriptionName.All.Contains(name)
            ? name
            : throw new ProblemException(Problem.NotFound("subscription-not-found", $"There is no subscription '{name}'. See /api/admin/dead-letters for those there are."));
    }

    /// <summary>The dead letter a route names.</summary>
    /// <exception cref="ProblemException">404: no dead letter can have that number.</exception>
    public static long Number(SubscriptionName source, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new ProblemException(NotFound(source, text));

    /// <summary>404: there is no such dead letter, or not any more.</summary>
    public static Problem NotFound(SubscriptionName source, string number) =>
        Problem.NotFound("dead-letter-not-found", $"'{source}' has no dead letter {number}, or not any more.");

    /// <summary>409: it is there and could not be received.</summary>
    public static Problem OutOfReach(SubscriptionName source, long number) => new(
        409,
        "dead-letter-out-of-reach",
        "The dead letter cannot be received now.",
        $"Dead letter {number} of '{source}' is in somebody else's hands, or behind more than {DeadLetterQueues.Reach} others: "
        + "try again in a minute, or resubmit or discard those before it.")
    {
        RetryAfter = TimeSpan.FromMinutes(1),
    };
}
