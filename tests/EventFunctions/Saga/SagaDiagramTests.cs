using EventFunctions.Ordering.Saga;
using EventFunctions.Payments.Saga;
using EventFunctions.Tests.Delivery;
using EventFunctions.Tests.Support;

namespace EventFunctions.Tests.Saga;

/// <summary>The diagrams in the documentation are the tables that the sagas go by.</summary>
public sealed class SagaDiagramTests
{
    public static TheoryData<string, StateTransitions, Type> Sagas => new()
    {
        { "order.md", OrderSagaState.Transitions, typeof(OrderSagaState) },
        { "payment.md", PaymentSagaState.Transitions, typeof(PaymentSagaState) },
    };

    [Theory]
    [MemberData(nameof(Sagas))]
    public void The_diagram_has_the_transitions_of_the_table_and_the_table_has_every_state(string page, StateTransitions table, Type states)
    {
        var diagram = StateDiagram.OfFile(Path.Combine(SourceTree.Root, "docs", "sagas", page));

        Assert.Equal(table.Steps.Order(), diagram.Transitions.Where(t => t.To != StateDiagram.StartOrEnd).Order());
        Assert.Equal(table.Ends.Order(), diagram.Final.Order());
        Assert.Equal(ConstantsOf(states).Order(), table.States.Order());
    }

    [Fact]
    public void A_transition_that_is_not_in_the_table_is_a_bug()
    {
        Assert.Equal("Running", OrderSagaState.Transitions.Next("Running", "Running"));
        var bug = Assert.Throws<InvalidOperationException>(() => OrderSagaState.Transitions.Next("Completed", "Compensating"));
        Assert.Contains("from Completed to Compensating", bug.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> ConstantsOf(Type states) =>
        states.GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);
}
