using EventFunctions.Customers;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Reports;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>Registers the views that add up what happened in many streams.</summary>
internal static class ReportingRegistration
{
    public static IServiceCollection AddReporting(this IServiceCollection services) => services
        .AddSingleton<IProjectionDefinition>(p => new TallyProjectionDefinition<FiguredOrder, OrderFigures>(
            new OrderFiguresProjection(), Order.Category, p.GetRequiredService<IEventStore>()))
        .AddSingleton<ICustomerTotals, CustomerTotalsReader>()
        .AddSingleton<SalesReader>();
}
