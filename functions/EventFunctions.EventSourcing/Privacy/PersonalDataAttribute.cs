namespace EventFunctions.EventSourcing;

/// <summary>
/// Marks what tells something about a person, in events, states, views and whatever else is stored or sent. It is kept sealed
/// under the key of the person whom the <see cref="DataSubjectAttribute"/> of the same type names, and reads as
/// <see cref="ErasedText"/> once that key is deleted ("crypto-shredding").
/// </summary>
/// <remarks>A type with such a property has exactly one property with <see cref="DataSubjectAttribute"/>.</remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PersonalDataAttribute : Attribute;
