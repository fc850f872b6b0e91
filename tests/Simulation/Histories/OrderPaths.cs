using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Tests.Simulation;

/// <summary>The ways of one order, each with the versions of the orchestration that it is kept of.</summary>
internal static class OrderPaths
{
    private const string BeforePaymentSagas = "1.0";

    /// <summary>Every way: its name, the version and what is in store.</summary>
    public static IEnumerable<(string Name, string Version, Plan Plan)> All =>
    [
        .. Of("delivered", Plain(), BeforePaymentSagas, OrderSaga.PaymentSagaVersion, OrderSaga.SecondPlanVersion, OrderSaga.CurrentVersion),
        .. Of("out-of-stock", Plain() with { Stock = StockOf(1) }),
        .. Of("card-declined", With(order => order with { IsDeclined = true }), BeforePaymentSagas, OrderSaga.SecondPlanVersion, OrderSaga.CurrentVersion),
        .. Of("capture-declined", Plain() with { DeclinesCaptures = true }),
        .. Of("product-withdrawn-during-review", ReviewedLate() with { Withdrawn = Plan.Products[0] }),
        .. Of("cancelled-at-once", With(order => order with { CancelAt = 0 })),
        .. Of("cancelled-before-payment", With(order => order with { CancelAt = 30 })),
        .. Of("cancelled-after-payment", With(order => order with { CancelAt = 70 })),
        .. Of("cancelled-during-review", With(order => order with { Review = PlannedReview.NeverDone, CancelAt = 40 })),
        .. Of("review-approved", With(order => order with { Review = PlannedReview.Approved }), OrderSaga.PaymentSagaVersion, OrderSaga.SecondPlanVersion, OrderSaga.CurrentVersion),
        .. Of("review-rejected", With(order => order with { Review = PlannedReview.Rejected })),
        .. Of("review-timed-out", With(order => order with { Review = PlannedReview.NeverDone }), OrderSaga.PaymentSagaVersion, OrderSaga.SecondPlanVersion, OrderSaga.CurrentVersion),
        .. Of("delivery-timed-out", With(order => order with { ArrivesAt = null })),
        .. Of("authorization-unanswered", Breaking("authorize", takesEffect: true), BeforePaymentSagas, OrderSaga.SecondPlanVersion, OrderSaga.CurrentVersion),
        .. Of("authorization-unavailable", Breaking("authorize", takesEffect: false)),
        .. Of("capture-unavailable", Breaking("capture", takesEffect: false)),
        .. Of("shipment-unanswered", Breaking("create-shipment", takesEffect: true)),
        .. Of("shipment-unavailable", Breaking("create-shipment", takesEffect: false)),
        .. Of("shipping-unanswered", Breaking(OrderSteps.MarkOrderShipped, takesEffect: true)),
        .. Of("shipping-not-recorded", Breaking(OrderSteps.MarkOrderShipped, takesEffect: false)),
        .. Of("undo-fails-and-is-resumed", Breaking(OrderSteps.ConfirmOrder, takesEffect: false, OrderSteps.ReleaseStock)),
        .. Of("undecided-and-resumed", Breaking(OrderSteps.MarkOrderShipped, takesEffect: true, OrderSteps.MarkOrderCancelled)),
        .. Of("stock-not-committed-and-resumed", Breaking(OrderSteps.CommitStock, takesEffect: false)),
    ];

    private static IEnumerable<(string, string, Plan)> Of(string name, Plan plan, params IReadOnlyList<string> versions) =>
        from version in versions.Count == 0 ? [OrderSaga.SecondPlanVersion, OrderSaga.CurrentVersion] : versions
        let id = new OrderId(NameBasedGuid.Create(Guid.Empty, $"{name} {version}"))
        select (name, version, plan with { Orders = [plan.Orders[0] with { Id = id }] });

    /// <summary>One order of two products that are there; nothing is broken and nothing comes twice.</summary>
    private static Plan Plain() => new()
    {
        Orders =
        [
            new PlannedOrder(
                new OrderId(Guid.NewGuid()),
                new CustomerId("customer-1"),
                [.. Plan.Products.Take(2).Select(product => new OrderLine(new ProductId(product), new Quantity(2), PlannedOrder.Price))],
                IsDeclined: false,
                Review: null,
                CancelAt: null,
                ArrivesAt: 0),
        ],
        Stock = StockOf(5),
        Crashes = 0,
        Hiccups = 0,
        Repetitions = 0,
        Broken = new Dictionary<string, bool>(),
        Withdrawn = null,
        DeclinesCaptures = false,
    };

    private static Plan With(Func<PlannedOrder, PlannedOrder> change) => Plain() with { Orders = [change(Plain().Orders[0])] };

    private static Plan ReviewedLate() => With(order => order with { Review = PlannedReview.Approved });

    private static Plan Breaking(string what, bool takesEffect, params IReadOnlyList<string> more)
    {
        var broken = more.ToDictionary(other => other, _ => false, StringComparer.Ordinal);
        broken[what] = takesEffect;
        return Plain() with { Broken = broken };
    }

    private static Dictionary<string, int> StockOf(int pieces) => Plan.Products.ToDictionary(product => product, _ => pieces, StringComparer.Ordinal);
}
