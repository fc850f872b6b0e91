using EventFunctions.Customers.Onboarding;
using EventFunctions.Domain;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Inventory.Replenishment;
using EventFunctions.Ordering.Saga;
using EventFunctions.Tests.Saga;

namespace EventFunctions.Tests.Delivery;

/// <summary>Tells which sagas can't go on by themselves, and what they wait for.</summary>
internal sealed class WaitingSagas(SagaWorld saga, SagaPort sagas)
{
    /// <summary>Whether the carrier has the order's parcel.</summary>
    public async Task<bool> IsOnItsWayAsync(OrderId order) =>
        (await saga.Get<IAggregateRepository<Shipment, ShipmentEvent>>().LoadAsync(Shipment.StreamOf(order))).State.Status == ShipmentStatus.Created;

    /// <summary>Whether the saga of an order waits or has ended.</summary>
    public async Task<bool> IsIdleAsync(OrderId order)
    {
        var instance = await saga.Client.GetInstanceAsync(order.ToString(), getInputsAndOutputs: true);
        return instance is { IsCompleted: true } || instance?.ReadCustomStatusAs<OrderSagaStatus>()?.State switch
        {
            OrderSagaState.AwaitingReview => !sagas.Told.Any(t => t.StartsWith($"tell {order} ", StringComparison.Ordinal)),
            OrderSagaState.AwaitingDelivery => !sagas.Told.Contains($"tell {order} {OrderSagaEvents.ShipmentDelivered}"),
            _ => false,
        };
    }

    /// <summary>Whether the onboarding of a customer waits or has ended.</summary>
    public async Task<bool> IsIdleAsync(CustomerId customer)
    {
        var id = OnboardingTrace.InstanceOf(customer, tenant: null);
        var instance = await saga.Client.GetInstanceAsync(id, getInputsAndOutputs: true);
        var isTold = sagas.Told.Contains($"tell {id} {OnboardingEvents.AccountChanged}");
        return instance is { IsCompleted: true }
            || (!isTold && instance?.ReadCustomStatusAs<OnboardingStatus>() is { State: nameof(OnboardingState.Invited) });
    }

    /// <summary>What a replenishment has ordered, once it waits for the supplier.</summary>
    public async Task<ReplenishmentStatus?> OrderedAsync(string id) =>
        (await saga.Client.GetInstanceAsync(id, getInputsAndOutputs: true))?.ReadCustomStatusAs<ReplenishmentStatus>()
            is { State: ReplenishmentState.Ordered } ordered ? ordered : null;
}
