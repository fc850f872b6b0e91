using EventFunctions.EventSourcing.Tests.Sample;

namespace EventFunctions.EventSourcing.Testing.Tests;

public sealed class AggregateSpecificationTests
{
    private static readonly AggregateSpecification<Wallet, WalletEvent, int> Takings = new(Wallet.Take);

    private static readonly WalletEvent Ten = new WalletEvent.Added(10);

    [Fact]
    public void A_decision_is_made_on_what_happened()
    {
        Takings.Given(Ten).When(10).Then(new WalletEvent.Taken(10));
        Takings.Given(Ten, new WalletEvent.Taken(4)).When(7).ThenRefused("no-money");
        Takings.GivenState(new Wallet("ann", 3, 1)).When(3).Then(new WalletEvent.Taken(3));
        Assert.Equal(6, Takings.Given(Ten, new WalletEvent.Taken(4)).State.Balance);
    }

    [Fact]
    public void A_decider_is_told_the_time_of_the_specification()
    {
        var times = new List<DateTimeOffset>();
        var clocked = new AggregateSpecification<Wallet, WalletEvent, int>(
            (_, _, now) =>
            {
                times.Add(now);
                return Decision<WalletEvent>.Accept();
            },
            DateTimeOffset.UnixEpoch);

        clocked.Given().When(1).ThenNothing();

        Assert.Equal([DateTimeOffset.UnixEpoch], times);
    }

    [Fact]
    public void Another_event_than_specified_fails_with_both() => Fails.With(
        () => Takings.Given(Ten).When(4).Then(new WalletEvent.Taken(5)), "1. money-taken {", "-   \"amount\": 5", "+   \"amount\": 4");

    [Fact]
    public void An_event_too_many_and_one_too_few_fail()
    {
        Fails.With(() => Takings.Given(Ten).When(4).ThenNothing(), "- nothing", "+ 1. money-taken {");
        Fails.With(() => Takings.Given(Ten).When(4).Then(new WalletEvent.Taken(4), Ten), "- 2. money-added {");
    }

    [Fact]
    public void A_refusal_where_events_are_specified_fails_with_its_reason() => Fails.With(
        () => Takings.Given(Ten).When(11).Then(new WalletEvent.Taken(11)), "- 1. money-taken {", "+ refused: no-money", "+ The wallet holds 10, not 11.");

    [Fact]
    public void An_acceptance_or_another_code_where_a_refusal_is_specified_fails()
    {
        Fails.With(() => Takings.Given(Ten).When(1).ThenRefused("no-money"), "- refused: no-money", "+ 1. money-taken {");
        Fails.With(() => Takings.Given(Ten).When(11).ThenRefused("closed"), "- refused: closed", "+ refused: no-money");
    }

    [Fact]
    public void A_refusal_without_a_message_for_a_person_fails() => Fails.With(
        () => new AggregateSpecification<Wallet, WalletEvent, int>((_, _) => Decision<WalletEvent>.Reject("no", " ")).Given().When(1).ThenRefused("no"),
        "'no' has no message");

    [Theory]
    [InlineData(3, "money-taken")]
    [InlineData(11, "!no-money")]
    public void A_decision_in_short_is_as_in_a_table(int amount, string expected) =>
        Assert.Equal(expected, Takings.Given(Ten).When(amount).InShort());

    [Fact]
    public void Nothing_in_short_is_a_dash_and_several_events_are_joined()
    {
        var adding = new AggregateSpecification<Wallet, WalletEvent, int[]>((wallet, amounts) => Wallet.Add(wallet, amounts));

        Assert.Equal(("-", "money-added+money-added"), (adding.Given().When([]).InShort(), adding.Given().When([1, 2]).InShort()));
    }

    [Fact]
    public void A_table_reads_cells_states_commands_and_codes()
    {
        var table = new DecisionTable("""
            command | Empty     | Full
            Take    | !no-money | money-taken
            Rest    | -         | -
            """);

        Assert.Equal(["Empty", "Full"], table.States);
        Assert.Equal(["Take", "Rest"], table.Commands);
        Assert.Equal(["no-money"], table.Codes);
        Assert.Equal(new DecisionCell("Take", "Full", "money-taken"), table.Cells[1]);
        Assert.Equal(4, table.Cells.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("command | A | B\nTake | - ")]
    public void A_table_with_a_hole_is_refused(string text) => Assert.Throws<ArgumentException>(() => new DecisionTable(text));

    [Fact]
    public void A_simulation_keeps_what_each_command_did()
    {
        var run = Simulation<Wallet, WalletEvent>.Run([5, 3, -4], (wallet, amount, _) => Wallet.Take(wallet, amount), DateTimeOffset.UnixEpoch);

        Assert.Equal([0, 0, 1], run.Steps.Select(s => s.Events.Count));
        Assert.Same(run.Steps[0].Before, run.Steps[0].After);
        Assert.Equal((4, 1), (run.End.Balance, run.History.Count));
    }
}
