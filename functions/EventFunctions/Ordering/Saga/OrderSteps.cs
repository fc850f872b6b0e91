namespace EventFunctions.Ordering.Saga;

/// <summary>The activities of an order's saga, by the names they are called by. A name is never changed while sagas run.</summary>
public static class OrderSteps
{
    /// <summary>Finds out what there is to do.</summary>
    public const string PlanOrder = nameof(PlanOrder);

    /// <summary>Reads what there is to know about the order.</summary>
    public const string ReadOrder = nameof(ReadOrder);

    /// <summary>Cancels the order whose review came to nothing in time.</summary>
    public const string ExpireReview = nameof(ExpireReview);

    /// <summary>Reserves one product.</summary>
    public const string ReserveStock = nameof(ReserveStock);

    /// <summary>Undoes <see cref="ReserveStock"/>.</summary>
    public const string ReleaseStock = nameof(ReleaseStock);

    /// <summary>Reserves the money.</summary>
    public const string AuthorizePayment = nameof(AuthorizePayment);

    /// <summary>Undoes <see cref="AuthorizePayment"/> and <see cref="CapturePayment"/>, however far they got.</summary>
    public const string ReversePayment = nameof(ReversePayment);

    /// <summary>Confirms the order to the customer.</summary>
    public const string ConfirmOrder = nameof(ConfirmOrder);

    /// <summary>Takes the money.</summary>
    public const string CapturePayment = nameof(CapturePayment);

    /// <summary>Records on the order that it is paid.</summary>
    public const string MarkOrderPaid = nameof(MarkOrderPaid);

    /// <summary>Orders the shipment.</summary>
    public const string CreateShipment = nameof(CreateShipment);

    /// <summary>Undoes <see cref="CreateShipment"/>.</summary>
    public const string WithdrawShipment = nameof(WithdrawShipment);

    /// <summary>Records on the order that it is on its way: from here on it cannot be cancelled, and nothing is undone.</summary>
    public const string MarkOrderShipped = nameof(MarkOrderShipped);

    /// <summary>Takes one reserved product off the stock.</summary>
    public const string CommitStock = nameof(CommitStock);

    /// <summary>Records on the order that it arrived.</summary>
    public const string MarkOrderDelivered = nameof(MarkOrderDelivered);

    /// <summary>Cancels the order.</summary>
    public const string MarkOrderCancelled = nameof(MarkOrderCancelled);

    /// <summary>The name of a step that happens once per product.</summary>
    public static string ForProduct(string activity, string productId) => $"{activity}:{productId}";
}
