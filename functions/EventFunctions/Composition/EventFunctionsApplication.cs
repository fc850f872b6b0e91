using EventFunctions.Enrichment;
using EventFunctions.Http;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

namespace EventFunctions.Composition;

/// <summary>The composition root.</summary>
public static class EventFunctionsApplication
{
    /// <summary>Adds everything the functions need; what is registered already (clients, stores, the clock) is left as it is.</summary>
    public static FunctionsApplicationBuilder AddEventFunctions(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // Before any middleware: this adds the one that provides the HTTP context.
        builder.ConfigureFunctionsWebApplication();
        builder.UseWhen<CorrelationMiddleware>(FunctionKind.IsHttp);
        builder.UseWhen<ProblemMiddleware>(FunctionKind.IsHttp);
        builder.UseWhen<MessageEnrichmentMiddleware>(MessageEnrichmentMiddleware.IsMessage);

        ConnectionSettings.CheckAtStart(builder.Services, builder.Configuration);
        builder.Services
            .AddStores(builder.Configuration)
            .AddPublishing(builder.Configuration)
            .AddPersonalData()
            .AddOrdering()
            .AddChoreography()
            .AddCatalog()
            .AddReplenishment()
            .AddCustomers()
            .AddNotifications()
            .AddReporting()
            .AddIntegration()
            .AddDeadLetters()
            .AddProjectionHealth()
            .AddProjections()
            .AddPartners()
            .AddAdministration()
            .AddHttpApi()
            .AddTelemetry(builder.Configuration);
        return builder;
    }
}
