namespace EventFunctions.EventSourcing;

/// <summary>
/// Marks the property that names the person whom the <see cref="PersonalDataAttribute"/> properties of the same type are about:
/// the data subject (GDPR, article 4(1)). The id itself is a pseudonym and stays readable. A property that overrides a marked
/// one is marked too.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class DataSubjectAttribute : Attribute;
