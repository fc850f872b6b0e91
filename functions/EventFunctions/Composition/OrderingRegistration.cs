using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Inventory.Steps;
using EventFunctions.Inventory.Views;
using EventFunctions.Ordering.Api.Sagas;
using EventFunctions.Ordering.Reviews;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Saga.Resuming;
using EventFunctions.Ordering.Steps;
using EventFunctions.Ordering.Views;
using EventFunctions.Payments.Api;
using EventFunctions.Payments.Steps;
using EventFunctions.Payments.Views;
using EventFunctions.Sagas;
using EventFunctions.Shipping.Views;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>Registers the saga's steps and the projections.</summary>
internal static class OrderingRegistration
{
    public static IServiceCollection AddOrdering(this IServiceCollection services)
    {
        services.AddSettings<OrderingOptions>("Ordering")
            .Validate(
                o => o.ReviewAbove.All(r => Currency.TryCreate(r.Key, out _) && r.Value >= 0),
                "'Ordering:ReviewAbove' must name known ISO 4217 codes, each with an amount of 0 or more.")
            .Validate(o => o.LongestRetryDelay >= o.RetryDelay, "'Ordering:LongestRetryDelay' must not be less than 'Ordering:RetryDelay'.");
        return services
            .AddSingleton<SagaInstances>()
            .AddSingleton<OrderSagaStarter>()
            .AddSingleton<CustomerWords>()
            .AddSingleton<OrderSagaResumer>()
            .AddSingleton<OrderSagaReader>()
            .AddSingleton<OrderSagaQuery>()
            .AddScoped<ReviewDecision>()
            .AddScoped<PaymentOperations>()
            .AddScoped<MoveMoney>()
            .AddSingleton<IValidator<ApproveOrderRequest>, ApproveOrderValidator>()
            .AddSingleton<IValidator<RejectOrderRequest>, RejectOrderValidator>()
            .AddSingleton<IValidator<MoveMoneyRequest>, MoveMoneyValidator>()
            .AddSingleton<OrderCommandStep>()
            .AddSingleton<StockCommandStep>()
            .AddSingleton<PaymentCommandStep>()
            .AddSingleton<IProjectionDefinition, OrderTimelineDefinition>()
            .AddSingleton<IProjectionDefinition, OrderReviewDefinition>()
            .AddProjection<OrderViewProjection, OrderView>(Order.Category)
            .AddProjection<CustomerOrdersProjection, CustomerOrderView>(Order.Category)
            .AddProjection<StockViewProjection, StockView>(StockItem.Category)
            .AddProjection<PaymentViewProjection, PaymentView>(Payment.Category)
            .AddProjection<ShipmentViewProjection, ShipmentView>(Shipment.Category);
    }
}
