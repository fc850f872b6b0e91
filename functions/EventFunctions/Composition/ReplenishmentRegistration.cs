using EventFunctions.Inventory.Replenishment;
using EventFunctions.Inventory.Replenishment.Api;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EventFunctions.Composition;

/// <summary>Registers what orders new stock from the supplier.</summary>
internal static class ReplenishmentRegistration
{
    public static IServiceCollection AddReplenishment(this IServiceCollection services)
    {
        services.AddProvider<SupplierOptions>("Supplier").Validate(
            o => o.LongestStepDelay >= o.StepDelay, "'Supplier:LongestStepDelay' must not be less than 'Supplier:StepDelay'.");
        services.TryAddTransient<ISupplier>(p => new HttpSupplier(p.GetRequiredService<IHttpClientFactory>().CreateClient("Supplier")));
        return services
            .AddSingleton<IValidator<SupplierConfirmationRequest>, SupplierConfirmationValidator>()
            .AddSingleton<IValidator<ConfirmReplenishmentRequest>, ConfirmReplenishmentValidator>()
            .AddSingleton(p => new SupplierSignature(
                p.GetRequiredService<IOptions<SupplierOptions>>().Value.WebhookSecret!, p.GetRequiredService<TimeProvider>()));
    }
}
