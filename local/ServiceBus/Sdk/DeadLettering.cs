#nullable disable

using EventFunctions.Local.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>Puts together why a message is dead-lettered.</summary>
internal static class DeadLettering
{
    /// <summary>The longest reason or description the service keeps.</summary>
    private const int MaxLength = 4096;

    public static Settlement With(string reason, string description, IDictionary<string, object> properties)
    {
        var changes = MessageConversion.Properties(properties);
        Check(DeadLetterReasons.ReasonProperty, reason, changes);
        Check(DeadLetterReasons.DescriptionProperty, description, changes);
        return new Settlement.DeadLetter(reason, description, changes);
    }

    private static void Check(string name, string value, IReadOnlyDictionary<string, object> changes)
    {
        if (value?.Length > MaxLength)
        {
            throw new ArgumentOutOfRangeException(name, $"{name} has at most {MaxLength} characters, not {value.Length}.");
        }

        if (value is not null && changes?.TryGetValue(name, out var other) == true && !Equals(other, value))
        {
            throw new InvalidOperationException($"{name} is given as an argument and, differently, as a property to modify. Give it once.");
        }
    }
}
