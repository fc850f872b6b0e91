using EventFunctions.EventSourcing.Tests.Sample;

namespace EventFunctions.EventSourcing.Testing.Tests;

/// <summary>On a small process: it asks two banks side by side, takes the money out of the wallet, and pays; a payment is tried twice.</summary>
public sealed class ProcessSpecificationTests
{
    private static readonly StreamName Stream = new(Wallet.Category, "1");

    private static readonly ProcessSpecification<string> Payment = new(WalletFixtures.Registry, PayAsync);

    private static readonly ProcessSpecification<string> Rich = Payment.Given(Stream, new WalletEvent.Added(10));

    [Fact]
    public async Task Steps_are_issued_in_their_order_and_the_process_ends()
    {
        var outcome = await Rich.Given(Step.Any.Answers(true)).WhenRunAsync();

        outcome.ThenSteps(ExpectedSteps.InAnyOrder("ask:b", "ask:a"), "pay").ThenEnded("paid");
        await outcome.ThenEventsAsync(Stream, new WalletEvent.Taken(4));
        Assert.Equal(4, outcome.Issued[^1].Input);
    }

    [Fact]
    public async Task The_first_answer_that_fits_and_is_not_used_up_counts()
    {
        var outcome = await Rich.Given(Step.Named("pay").Fails(new TimeoutException("late"), times: 1), Step.Any.Answers(true)).WhenRunAsync();

        outcome.ThenSteps(ExpectedSteps.InAnyOrder("ask:a", "ask:b"), "pay", "pay").ThenEnded("paid");
    }

    [Fact]
    public async Task A_step_may_change_the_world_while_it_is_under_way()
    {
        var seen = new List<string>();
        await Rich.Given(
            Step.Named("pay").Does((step, _) =>
            {
                seen.Add(step.Name);
                return Task.FromResult<object?>(true);
            }),
            Step.Any.Answers(true)).WhenRunAsync();

        Assert.Equal(["pay"], seen);
    }

    [Fact]
    public async Task A_specification_can_be_run_again_and_begins_anew()
    {
        var once = Rich.Given(Step.Named("pay").Fails(new TimeoutException("late"), times: 1), Step.Any.Answers(true));

        Assert.Equal((await once.WhenRunAsync()).Issued.Select(s => s.Name).Order(), (await once.WhenRunAsync()).Issued.Select(s => s.Name).Order());
    }

    [Fact]
    public async Task A_step_too_many_too_few_or_in_another_order_fails_with_the_difference()
    {
        var outcome = await Rich.Given(Step.Any.Answers(true)).WhenRunAsync();

        Fails.With(() => outcome.ThenSteps(ExpectedSteps.InAnyOrder("ask:a", "ask:b")), "  ask:a | ask:b", "+ pay");
        Fails.With(() => outcome.ThenSteps(ExpectedSteps.InAnyOrder("ask:a", "ask:b"), "pay", "thank"), "- thank");
        Fails.With(() => outcome.ThenSteps("pay", ExpectedSteps.InAnyOrder("ask:a", "ask:b")), "- pay");
        Fails.With(() => outcome.ThenSteps(), "- nothing", "+ ask:a");
    }

    [Fact]
    public async Task Another_end_than_specified_fails()
    {
        var outcome = await Payment.Given(Step.Any.Answers(true)).WhenRunAsync();

        outcome.ThenEnded("no-money");
        Fails.With(() => outcome.ThenEnded("paid"), "- String \"paid\"", "+ String \"no-money\"");
        Fails.With(() => outcome.ThenFailed<TimeoutException>(), "was to fail with TimeoutException, but ended with");
    }

    [Fact]
    public async Task A_failure_is_an_end_too_and_another_one_than_specified_fails()
    {
        var outcome = await Rich.Given(Step.Named("pay").Fails(new TimeoutException("late")), Step.Any.Answers(true)).WhenRunAsync();

        Assert.Equal("late", outcome.ThenFailed<TimeoutException>().Message);
        Fails.With(() => outcome.ThenEnded("paid"), "failed with TimeoutException: late");
        Fails.With(() => outcome.ThenFailed<InvalidOperationException>(), "failed with TimeoutException: late");
    }

    [Fact]
    public async Task Other_events_than_specified_fail()
    {
        var outcome = await Rich.Given(Step.Any.Answers(true)).WhenRunAsync();

        await Fails.WithAsync(() => outcome.ThenEventsAsync(Stream), "- nothing", "+ 1. money-taken {");
        await Fails.WithAsync(() => outcome.ThenEventsAsync(Stream, new WalletEvent.Taken(5)), "-   \"amount\": 5", "+   \"amount\": 4");
    }

    [Fact]
    public async Task A_step_that_nothing_is_said_about_fails_the_specification_even_where_the_process_swallows_it()
    {
        var swallowing = new ProcessSpecification<string>(WalletFixtures.Registry, async (run, token) =>
        {
            await Record.ExceptionAsync(() => run.Steps.TakeAsync(new IssuedStep("whisper"), token));
            return "done";
        });

        await Fails.WithAsync(() => swallowing.WhenRunAsync(), "asked for 'whisper'", "Step.Any");
    }

    [Fact]
    public async Task An_answer_of_another_type_than_the_process_expects_is_named()
    {
        var outcome = await Rich.Given(Step.Any.Answers("yes")).WhenRunAsync();

        Fails.With(() => outcome.ThenEnded("paid"), "'ask:a' to answer with Boolean", "answers with String");
    }

    private static async Task<string> PayAsync(ProcessRun run, CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            run.Steps.TakeAsync<bool>(new IssuedStep("ask:a"), cancellationToken), run.Steps.TakeAsync<bool>(new IssuedStep("ask:b"), cancellationToken));
        var taken = await run.World.Repository<Wallet, WalletEvent>().ExecuteAsync(Stream, WalletFixtures.Command(), w => Wallet.Take(w, 4), cancellationToken);
        if (taken is CommandResult<Wallet>.Rejected rejected)
        {
            return rejected.Reason.Code;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await run.Steps.TakeAsync<bool>(new IssuedStep("pay", 4), cancellationToken);
                return "paid";
            }
            catch (TimeoutException) when (attempt < 2)
            {
                // Once more.
            }
        }
    }
}
