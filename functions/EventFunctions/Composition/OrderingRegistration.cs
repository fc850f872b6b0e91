using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Inventory.Steps;
using EventFunctions.Inventory.Views;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using EventFunctions.Ordering.Views;
using EventFunctions.Payments.Steps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EventFunctions.Composition;

/// <summary>Registers the saga's steps and the projections.</summary>
internal static class OrderingRegistration
{
    public static IServiceCollection AddOrdering(this IServiceCollection services)
    {
        services.AddSettings<OrderingOptions>("Ordering")
            .Validate(o => o.LongestRetryDelay >= o.RetryDelay, "'Ordering:LongestRetryDelay' must not be less than 'Ordering:RetryDelay'.");
        return services
            .AddSingleton<OrderSagaStarter>()
            .AddSingleton<OrderCommandStep>()
            .AddSingleton<StockCommandStep>()
            .AddSingleton<PaymentCommandStep>()
            .AddSingleton<IProjectionDefinition, OrderTimelineDefinition>()
            .AddProjection<OrderViewProjection, OrderView>(Order.Category)
            .AddProjection<CustomerOrdersProjection, CustomerOrderView>(Order.Category)
            .AddProjection<StockViewProjection, StockView>(StockItem.Category);
    }

    private static IServiceCollection AddProjection<TProjection, TView>(this IServiceCollection services, string category)
        where TProjection : class, IProjection<TView>
        where TView : class
    {
        services.TryAddSingleton<IProjection<TView>, TProjection>();
        return services.AddSingleton<IProjectionDefinition>(p => new StreamProjectionDefinition<TView>(
            p.GetRequiredService<IProjection<TView>>(), category, p.GetRequiredService<IEventStore>()));
    }
}
