namespace EventFunctions.Ordering.Saga;

/// <summary>How the steps of an order's saga are undone.</summary>
public static class OrderUndos
{
    /// <summary>Releases a product's reservation.</summary>
    public static Undo ReleaseStock(SagaTrace trace, PlannedProduct product)
    {
        ArgumentNullException.ThrowIfNull(product);
        var (productId, quantity) = product;
        return new Undo(
            OrderSteps.ForProduct(OrderSteps.ReleaseStock, productId),
            OrderSteps.ReleaseStock,
            step => new StockStep(trace, step, productId, quantity))
        {
            Product = product,
        };
    }

    /// <summary>Gives the money back.</summary>
    public static Undo ReversePayment(SagaTrace trace) => Plain(OrderSteps.ReversePayment, trace);

    /// <summary>Calls the shipment off.</summary>
    public static Undo WithdrawShipment(SagaTrace trace) => Plain(OrderSteps.WithdrawShipment, trace);

    /// <summary>An undo that gave up, once more.</summary>
    /// <returns><see langword="null"/> for what is no undo of a step, but the cancellation of the order.</returns>
    public static Undo? Again(SagaTrace trace, FailedUndo failed)
    {
        ArgumentNullException.ThrowIfNull(failed);
        var undo = failed switch
        {
            { Product: { } product } => ReleaseStock(trace, product),
            { Step: OrderSteps.MarkOrderCancelled } => null,
            _ => Plain(failed.Step, trace),
        };
        undo?.IsUncertain = failed.IsUncertain;
        return undo;
    }

    private static Undo Plain(string activity, SagaTrace trace) => new(activity, activity, step => new SagaStep(trace, step));
}
