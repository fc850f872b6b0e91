using EventFunctions.Domain;
using EventFunctions.Ordering.Saga;
using EventFunctions.Payments.Saga;
using FsCheck.Fluent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Tests.Saga;

/// <summary>Whatever is asked of a payment, in whatever order and with whatever answers lost, its books and the provider's keep their limits.</summary>
public sealed class PaymentLedgerProperties
{
    private static readonly SagaRetry Retry = new(2, TimeSpan.FromMilliseconds(1), 1, TimeSpan.FromMilliseconds(1));

    [Fact]
    public async Task Captured_is_at_most_authorised_and_refunded_at_most_captured_in_both_books()
    {
        var asked = ArbMap.Default.GeneratorFor<bool>().Zip(
            Gen.Elements(PaymentOperation.Capture, PaymentOperation.Refund, PaymentOperation.Void, PaymentOperation.Reverse).Zip(Gen.Choose(1, 40)),
            (isLost, what) => new Asked(what.Item1, what.Item2, isLost));
        await using var world = new SagaWorld();
        await world.StartAsync();

        foreach (var operations in Gen.ListOf(asked).Select(list => list.Take(8).ToList()).Sample(30, 10))
        {
            await RunAsync(world, operations);
        }
    }

    private static async Task RunAsync(SagaWorld world, IReadOnlyList<Asked> operations)
    {
        var order = await world.PlaceAsync();
        await AskAsync(world, order, new Asked(PaymentOperation.Authorize, 0, IsLost: false), 0);
        var number = 1;
        foreach (var operation in operations)
        {
            world.Payments.RefundAnswersToLose = operation.IsLost ? 2 : 0;
            await AskAsync(world, order, operation, number++);
            world.Payments.RefundAnswersToLose = 0;

            var held = world.Payments.Held(order.ToString())!;
            var payment = await world.PaymentAsync(order);
            Assert.True(held.Refunded <= held.Captured && held.Captured <= held.Authorized.Amount, $"{held} after {string.Join(", ", operations)}");
            Assert.True(payment.Refunded!.Amount <= payment.Captured!.Amount && payment.Captured.Amount <= payment.Amount!.Amount, payment.ToString());
            Assert.True(payment.Captured.Amount <= held.Captured && payment.Refunded.Amount <= held.Refunded, $"{payment} is recorded, {held} is so");
        }
    }

    private static async Task AskAsync(SagaWorld world, OrderId order, Asked asked, int number)
    {
        var step = $"{asked.Operation}-{number}";
        var amount = asked.Operation is PaymentOperation.Capture or PaymentOperation.Refund ? new Money(asked.Units, new Currency("EUR")) : null;
        await world.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(PaymentSaga),
            new PaymentSagaInput(
                new SagaTrace(order.ToString(), "corr-1"), asked.Operation, step, new PaymentSagaSettings(TimeSpan.FromMilliseconds(1), Retry, Retry), amount),
            new StartOrchestrationOptions($"{order}-{step}"));
        var ended = await world.Client.WaitForInstanceCompletionAsync($"{order}-{step}");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
    }

    private sealed record Asked(PaymentOperation Operation, int Units, bool IsLost);
}
