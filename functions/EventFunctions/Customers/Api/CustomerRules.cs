using EventFunctions.Domain;
using FluentValidation;

namespace EventFunctions.Customers.Api;

/// <summary>Rules that several requests have in common.</summary>
internal static class CustomerRules
{
    /// <summary>The text is a name.</summary>
    public static IRuleBuilderOptions<T, string?> IsName<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => PersonName.TryCreate(text, out _)).WithMessage($"Must have 1 to {PersonName.MaxLength} characters, without control characters.");

    /// <summary>The text is an address of a mailbox.</summary>
    public static IRuleBuilderOptions<T, string?> IsEmail<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => Email.TryCreate(text, out _)).WithMessage($"Must be an e-mail address of at most {Email.MaxLength} characters.");

    /// <summary>The text is a telephone number, or there is none.</summary>
    public static IRuleBuilderOptions<T, string?> IsPhoneOrNone<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null || PhoneNumber.TryCreate(text, out _)).WithMessage("Must be '+' and 7 to 15 digits, e.g. '+4930123456'.");

    /// <summary>A telephone number as a value.</summary>
    public static PhoneNumber? ToPhone(string? text) => text is null ? null : new PhoneNumber(text);
}
