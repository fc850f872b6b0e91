using EventFunctions.Inventory.Steps;
using EventFunctions.Ordering.Choreography;
using EventFunctions.Ordering.Steps;
using EventFunctions.Payments.Steps;
using EventFunctions.Shipping.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>Registers the handlers that lead an order without an orchestrator.</summary>
internal static class ChoreographyRegistration
{
    public static IServiceCollection AddChoreography(this IServiceCollection services) => services
        .AddSteps()
        .AddSingleton<OrderDeadlines>()
        .AddSingleton<StepPatience>()
        .AddSingleton<OverdueDeliveries>()
        .AddTransient<OrderUndo>()
        .AddTransient<OrderStart>()
        .AddTransient<OrderDelivery>()
        .AddTransient<OrderReaction>()
        .AddTransient<OrderDeadlineReaction>();

    /// <summary>The saga's activities as plain steps. Transient, like the clients of the outside services that they use.</summary>
    private static IServiceCollection AddSteps(this IServiceCollection services) => services
        .AddTransient<PlanOrderActivity>()
        .AddTransient<ExpireReviewActivity>()
        .AddTransient<ReserveStockActivity>()
        .AddTransient<ReleaseStockActivity>()
        .AddTransient<CommitStockActivity>()
        .AddTransient<AuthorizePaymentActivity>()
        .AddTransient<CapturePaymentActivity>()
        .AddTransient<ReversePaymentActivity>()
        .AddTransient<ConfirmOrderActivity>()
        .AddTransient<MarkOrderPaidActivity>()
        .AddTransient<CreateShipmentActivity>()
        .AddTransient<WithdrawShipmentActivity>()
        .AddTransient<MarkOrderShippedActivity>()
        .AddTransient<MarkOrderCancelledActivity>();
}
