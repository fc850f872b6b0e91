using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using FluentValidation;

namespace EventFunctions.Customers.Api;

/// <summary>The body of a registration. Everything may be missing until it is validated.</summary>
/// <param name="Name">What the customer wants to be called.</param>
/// <param name="Email">The customer's address.</param>
/// <param name="Phone">The customer's telephone, with the country's code; may be left out.</param>
/// <param name="Preferences">How the customer wants to be spoken to; may be left out.</param>
public sealed record RegisterCustomerRequest(string? Name, string? Email, string? Phone, PreferencesRequest? Preferences)
{
    /// <summary>The command that a valid body asks for.</summary>
    /// <param name="customerId">The new customer.</param>
    public RegisterCustomer ToCommand(CustomerId customerId) => new(
        customerId, new PersonName(Name!), new Email(Email!), PreferencesRequest.ToPreferences(Preferences), CustomerRules.ToPhone(Phone));
}

/// <summary>Finds everything wrong with a registration's body at once.</summary>
public sealed class RegisterCustomerValidator : AbstractValidator<RegisterCustomerRequest>
{
    /// <summary>Declares the rules.</summary>
    public RegisterCustomerValidator()
    {
        RuleFor(r => r.Name).IsName();
        RuleFor(r => r.Email).IsEmail();
        RuleFor(r => r.Phone).IsPhoneOrNone();
        RuleFor(r => r.Preferences!).SetValidator(new PreferencesValidator()).When(r => r.Preferences is not null);
    }
}
