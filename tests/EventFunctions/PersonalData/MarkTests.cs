using EventFunctions.Customers.Views;
using EventFunctions.Domain.Customers;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Reports;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Views;

namespace EventFunctions.Tests.PersonalData;

/// <summary>Whatever the app stores and marks can be sealed: every event of every version, every state, every view.</summary>
public sealed class MarkTests
{
    public static TheoryData<Type> Stored => [.. Events().Concat(States()).Concat(Views()).Distinct()];

    [Theory]
    [MemberData(nameof(Stored))]
    public void What_is_marked_can_be_sealed(Type type) => Assert.Empty(PersonalDataMap.Of(type).Problems);

    [Fact]
    public void What_is_known_to_be_personal_is_marked()
    {
        Assert.All(
            new[]
            {
                typeof(OrderPlaced), typeof(OrderPlacedV1), typeof(OrderCancelled), typeof(Order), typeof(OrderView),
                typeof(Domain.Shipping.ShipmentCreated), typeof(Domain.Shipping.Shipment),
                typeof(CustomerRegistered), typeof(CustomerUpdated), typeof(CustomerEmailChanged), typeof(Customer), typeof(CustomerView),
            },
            type => Assert.True(PersonalDataMap.Of(type).HasPersonalData, type.Name));
        Assert.True(Events().Count() >= 40 && States().Count() >= 6 && Views().Count() >= 10);
        Assert.Contains(typeof(OrderFigures), Views());
    }

    private static IEnumerable<Type> Events() => EventTypeRegistry.FromAssemblies(typeof(Order).Assembly).Versions.Select(v => v.Shape);

    private static IEnumerable<Type> States() => typeof(Order).Assembly.GetTypes().Where(t => Arguments(t, typeof(IAggregate<,>)).Any());

    private static IEnumerable<Type> Views() =>
        typeof(OrderSaga).Assembly.GetTypes().SelectMany(t => Arguments(t, typeof(IProjection<>)).Concat(Arguments(t, typeof(ITallyProjection<,>)))).Append(typeof(TimelineEntry));

    /// <summary>What is stored of a type of the given kind; of a tally both the memory of a stream and the tally.</summary>
    private static IEnumerable<Type> Arguments(Type type, Type definition) => type.IsAbstract
        ? []
        : type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == definition)
            .SelectMany(i => definition == typeof(IAggregate<,>) ? i.GetGenericArguments()[..1] : i.GetGenericArguments());
}
