using EventFunctions.Customers;
using EventFunctions.Customers.Addresses;
using EventFunctions.Customers.Api;
using EventFunctions.Customers.Onboarding;
using EventFunctions.Customers.Views;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventFunctions.Composition;

/// <summary>Registers the customers: their endpoints, views and onboarding.</summary>
internal static class CustomersRegistration
{
    public static IServiceCollection AddCustomers(this IServiceCollection services)
    {
        services.AddSettings<CustomersOptions>("Customers")
            .Validate(o => o.IsInOrder, "'Customers:FirstReminder', 'Customers:SecondReminder' and 'Customers:Expiry' must follow one another.")
            .Validate(
                o => o.VerificationPage is null or { IsAbsoluteUri: true, Scheme: "http" or "https" },
                "'Customers:VerificationPage' must be an absolute address of a page.")
            .Validate(o => o.LongestRetryDelay >= o.RetryDelay, "'Customers:LongestRetryDelay' must not be less than 'Customers:RetryDelay'.");
        return services
            .AddSingleton(p => new EmailIndex(p.GetRequiredService<IOptions<CustomersOptions>>().Value.EmailIndexKey!))
            .AddSingleton(p => new VerificationTokens(p.GetRequiredService<IOptions<CustomersOptions>>().Value.VerificationKey!))
            .AddSingleton<VerificationLink>()
            .AddSingleton<EmailReservations>()
            .AddSingleton<IErasureParticipant, CustomerAccountErasure>()
            .AddSingleton<IErasureParticipant, EmailReservationErasure>()
            .AddSingleton<ICustomerStanding, AccountStanding>()
            .AddSingleton<OnboardingStarter>()
            .AddScoped<CustomerCommands>()
            .AddProjection<CustomerViewProjection, CustomerView>(Customer.Category)
            .AddProjection<CustomerListProjection, CustomerListItem>(Customer.Category)
            .AddSingleton<IValidator<RegisterCustomerRequest>, RegisterCustomerValidator>()
            .AddSingleton<IValidator<ActivationRequest>, ActivationValidator>()
            .AddSingleton<IValidator<UpdateCustomerRequest>, UpdateCustomerValidator>()
            .AddSingleton<IValidator<ChangeEmailRequest>, ChangeEmailValidator>()
            .AddSingleton<IValidator<PreferencesRequest>, PreferencesValidator>()
            .AddSingleton<IValidator<PromotionRequest>, PromotionValidator>()
            .AddSingleton<IValidator<DeactivationRequest>, DeactivationValidator>()
            .AddSingleton<IValidator<SessionRequest>, SessionValidator>();
    }
}
