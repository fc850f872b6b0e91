using EventFunctions.Domain.Customers;
using EventFunctions.Domain.Tests.Kit;
using EventFunctions.EventSourcing.Testing;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.Domain.Tests.Kit.Sample;

namespace EventFunctions.Domain.Tests.Customers;

public sealed class CustomerTests
{
    private static readonly AggregateSpecification<Customer, CustomerEvent, CustomerCommand> Accounts = new(CustomerDecider.Decide, Now);

    private static readonly SessionId Session = new("session-1");

    private static readonly CustomerEvent[] Life =
    [
        new CustomerRegistered(Sample.Customer, Ada, Mailbox, Preferences),
        new CustomerPromoted(Sample.Customer, CustomerTier.Silver, CustomerTier.Standard),
        new CustomerActivated(Sample.Customer, 1),
    ];

    private static readonly CustomerEvent Closed = new CustomerDeactivated(Sample.Customer, CustomerReasons.CustomerRequest, "Bye.");

    private static readonly RegisterCustomer Register = new(Sample.Customer, Ada, Mailbox, Preferences);

    private static readonly Dictionary<string, CustomerEvent[]> Histories = new()
    {
        ["None"] = [],
        ["Registered"] = Life[..2],
        ["Active"] = Life,
        ["Active pending"] = [.. Life, new CustomerEmailChanged(Sample.Customer, NewMailbox, 2)],
        ["Deactivated"] = [.. Life, Closed],
        ["Deactivated unverified"] = [.. Life[..2], Closed],
        ["Erased"] = [.. Life, new CustomerErased(Sample.Customer)],
    };

    private static readonly Dictionary<string, CustomerCommand> Commands = new()
    {
        ["RegisterCustomer"] = Register,
        ["RegisterCustomer other"] = Register with { Email = NewMailbox },
        ["ConfirmAddress 1"] = new ConfirmAddress(1),
        ["ConfirmAddress 2"] = new ConfirmAddress(2),
        ["ReactivateCustomer"] = new ReactivateCustomer(),
        ["UpdateCustomer"] = new UpdateCustomer(Ada, Phone),
        ["UpdateCustomer same"] = new UpdateCustomer(Ada, null),
        ["ChangeEmail"] = new ChangeEmail(NewMailbox),
        ["PromoteCustomer"] = new PromoteCustomer(CustomerTier.Gold),
        ["PromoteCustomer down"] = new PromoteCustomer(CustomerTier.Standard),
        ["UpdatePreferences"] = new UpdatePreferences(CustomerPreferences.Default),
        ["RecordLogin"] = new RecordLogin(Session, Earlier),
        ["RecordLogout"] = new RecordLogout(Session, Earlier),
        ["DeactivateCustomer"] = new DeactivateCustomer(CustomerReasons.CustomerRequest, "Bye."),
        ["ExpireRegistration"] = new ExpireRegistration(),
        ["EraseCustomer"] = new EraseCustomer(),
    };

    private static readonly DecisionTable Table = new("""
        command                | None                | Registered                    | Active                        | Active pending                | Deactivated                   | Deactivated unverified        | Erased
        RegisterCustomer       | customer-registered | -                             | -                             | !customer-already-registered  | -                             | -                             | !customer-erased
        RegisterCustomer other | customer-registered | !customer-already-registered  | !customer-already-registered  | !customer-already-registered  | !customer-already-registered  | !customer-already-registered  | !customer-erased
        ConfirmAddress 1       | !customer-not-found | customer-activated            | -                             | -                             | !customer-deactivated         | !customer-deactivated         | !customer-erased
        ConfirmAddress 2       | !customer-not-found | !verification-superseded      | !verification-superseded      | customer-email-confirmed      | !customer-deactivated         | !customer-deactivated         | !customer-erased
        ReactivateCustomer     | !customer-not-found | -                             | -                             | -                             | customer-activated            | !customer-address-unverified  | !customer-erased
        UpdateCustomer         | !customer-not-found | customer-updated              | customer-updated              | customer-updated              | !customer-deactivated         | !customer-deactivated         | !customer-erased
        UpdateCustomer same    | !customer-not-found | -                             | -                             | -                             | !customer-deactivated         | !customer-deactivated         | !customer-erased
        ChangeEmail            | !customer-not-found | customer-email-changed        | customer-email-changed        | -                             | !customer-deactivated         | !customer-deactivated         | !customer-erased
        PromoteCustomer        | !customer-not-found | customer-promoted             | customer-promoted             | customer-promoted             | !customer-deactivated         | !customer-deactivated         | !customer-erased
        PromoteCustomer down   | !customer-not-found | !customer-tier-not-higher     | !customer-tier-not-higher     | !customer-tier-not-higher     | !customer-deactivated         | !customer-deactivated         | !customer-erased
        UpdatePreferences      | !customer-not-found | customer-preferences-updated  | customer-preferences-updated  | customer-preferences-updated  | !customer-deactivated         | !customer-deactivated         | !customer-erased
        RecordLogin            | !customer-not-found | customer-logged-in            | customer-logged-in            | customer-logged-in            | !customer-deactivated         | !customer-deactivated         | !customer-erased
        RecordLogout           | !customer-not-found | -                             | -                             | -                             | -                             | -                             | !customer-erased
        DeactivateCustomer     | !customer-not-found | customer-deactivated          | customer-deactivated          | customer-deactivated          | -                             | -                             | !customer-erased
        ExpireRegistration     | !customer-not-found | customer-deactivated          | -                             | -                             | -                             | -                             | !customer-erased
        EraseCustomer          | !customer-not-found | customer-erased               | customer-erased               | customer-erased               | customer-erased               | customer-erased               | -
        """);

    public static TheoryData<string, string, string> Cells => Table.Cells.ToTheoryData();

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_command_in_every_state(string command, string state, string outcome)
    {
        var past = Accounts.Given(Histories[state]);
        Assert.Equal(state.Split(' ')[0], past.State.Status.ToString());
        Assert.Equal(outcome, past.When(Commands[command]).InShort());
    }

    [Fact]
    public void The_table_has_every_command_state_and_code()
    {
        Assert.Equal(Kit.Closed.CasesOf<CustomerCommand>(), Table.Commands.Select(c => c.Split(' ')[0]).Distinct().Order());
        Assert.Equal(Enum.GetNames<CustomerStatus>(), Table.States.Select(s => s.Split(' ')[0]).Distinct());
        Assert.Equal(CustomerRejections.All.Order(), Table.Codes.Order());
        Assert.Equal(CustomerRejections.All, Kit.Closed.CodesOf(typeof(CustomerRejections)));
    }

    [Fact]
    public void A_new_address_takes_over_only_once_it_is_verified_and_the_one_before_is_known()
    {
        var pending = Accounts.Given(Histories["Active pending"]);
        Assert.Equal((Mailbox, NewMailbox), (pending.State.Email, pending.State.PendingEmail));
        Assert.Equal(Mailbox, pending.State.EmailBefore(2));

        var verified = Accounts.Given([.. Histories["Active pending"], new CustomerEmailConfirmed(Sample.Customer, 2)]);
        Assert.Equal((NewMailbox, null), (verified.State.Email, verified.State.PendingEmail));
        Assert.Equal(Mailbox, verified.State.EmailBefore(2));
    }

    [Fact]
    public void A_proof_of_an_address_that_another_took_the_place_of_is_worth_nothing() =>
        Accounts.Given([Life[0], new CustomerEmailChanged(Sample.Customer, NewMailbox, 2)])
            .When(new ConfirmAddress(1)).ThenRefused(CustomerRejections.VerificationSuperseded);

    [Fact]
    public void A_proof_of_an_address_that_was_dropped_when_the_account_was_closed_is_worth_nothing() =>
        Accounts.Given([.. Histories["Active pending"], Closed, new CustomerActivated(Sample.Customer, 1)])
            .When(new ConfirmAddress(2)).ThenRefused(CustomerRejections.VerificationSuperseded);

    [Fact]
    public void A_session_is_opened_and_closed_once_and_never_in_the_future()
    {
        var open = Accounts.Given([.. Life, new CustomerLoggedIn(Sample.Customer, Session, Earlier)]);

        open.When(new RecordLogin(Session, Now)).ThenNothing();
        open.When(new RecordLogout(Session, Now.AddMinutes(1))).Then(new CustomerLoggedOut(Sample.Customer, Session, Now));
        Accounts.Given(Life).When(new RecordLogin(Session, Now.AddMinutes(1))).Then(new CustomerLoggedIn(Sample.Customer, Session, Now));
    }

    [Fact]
    public void A_long_reason_is_cut() => Accounts.Given(Life)
        .When(new DeactivateCustomer("why", new string('x', 501))).Then(new CustomerDeactivated(Sample.Customer, "why", new string('x', 500)));

    [Fact]
    public void Of_an_erased_customer_the_state_has_nothing_personal()
    {
        var state = Accounts.Given(
            [.. Histories["Active pending"], new CustomerLoggedIn(Sample.Customer, Session, Earlier), new CustomerErased(Sample.Customer)]).State;

        Assert.Equal("""{"id":"customer-1","status":"Erased","addressVersion":2,"verifiedVersion":0,"tier":"Silver","preferences":{"language":"en","marketingConsent":false,"channels":{"email":true,"sms":false}},"openSessions":[]}""",
            System.Text.Json.JsonSerializer.Serialize(state, EventSourcing.EventJson.Options));
    }

    [Fact]
    public void An_account_uses_the_addresses_it_could_be_reached_by()
    {
        var uses = Histories.ToDictionary(h => h.Key, h => (Accounts.Given(h.Value).State.Uses(Mailbox), Accounts.Given(h.Value).State.Uses(NewMailbox)));

        Assert.Equal(
            new Dictionary<string, (bool, bool)>
            {
                ["None"] = (false, false),
                ["Registered"] = (true, false),
                ["Active"] = (true, false),
                ["Active pending"] = (true, true),
                ["Deactivated"] = (true, false),
                ["Deactivated unverified"] = (false, false),
                ["Erased"] = (false, false),
            },
            uses);
    }

    [Fact]
    public void The_status_moves_along_its_diagram_the_tier_upwards_and_addresses_only_by_their_proof() =>
        Prop.ForAll(
            Any.SequencesOf(Any.CustomerCommands),
            commands => commands.Zip(Simulation<Customer, CustomerEvent>.Run(commands, CustomerDecider.Decide, Now).Steps).All(pair =>
            {
                var (command, step) = pair;
                var (before, after) = (step.Before, step.After);
                return (step.Events.Count > 0 || ReferenceEquals(before, after))
                    && IsWay(before.Status, after.Status)
                    && after.Tier >= before.Tier
                    && after.AddressVersion >= before.AddressVersion
                    && after.VerifiedVersion <= after.AddressVersion
                    && after.OpenSessions.Count <= EventFunctions.Domain.Customers.Customer.OpenSessionsKept
                    && (after.Email == before.Email || after.Status == CustomerStatus.Erased
                        || (command is ConfirmAddress confirm && confirm.AddressVersion == before.AddressVersion && after.Email == before.PendingEmail));
            })).QuickCheckThrowOnFailure();

    private static bool IsWay(CustomerStatus from, CustomerStatus to) => from == to || (from, to) is
        (CustomerStatus.None, CustomerStatus.Registered)
        or (CustomerStatus.Registered, CustomerStatus.Active or CustomerStatus.Deactivated)
        or (CustomerStatus.Active, CustomerStatus.Deactivated)
        or (CustomerStatus.Deactivated, CustomerStatus.Active)
        or (not CustomerStatus.None, CustomerStatus.Erased);
}
