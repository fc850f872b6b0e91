namespace EventFunctions.EventSourcing.Tests.Sample;

public abstract record WalletEvent : IDomainEvent
{
    [EventType("wallet-opened")]
    public sealed record Opened(string Owner, WalletKind Kind) : WalletEvent;

    [EventType("money-added", 2)]
    [EventTypeAlias("money-put-in")]
    public sealed record Added(int Amount, string? Note = null) : WalletEvent;

    [EventType("money-taken")]
    public sealed record Taken(int Amount) : WalletEvent;
}

public enum WalletKind
{
    Personal,
    Shared,
}

/// <summary>A small aggregate: money in, money out, never below nothing.</summary>
public sealed record Wallet(string? Owner, int Balance, int Movements) : IAggregate<Wallet, WalletEvent>
{
    public static string Category => "wallet";

    public static int StateSchema => 3;

    public static Wallet Initial { get; } = new(null, 0, 0);

    public Wallet Apply(WalletEvent @event) => @event switch
    {
        WalletEvent.Opened opened => this with { Owner = opened.Owner },
        WalletEvent.Added added => this with { Balance = Balance + added.Amount, Movements = Movements + 1 },
        WalletEvent.Taken taken => this with { Balance = Balance - taken.Amount, Movements = Movements + 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(@event)),
    };

    public static Decision<WalletEvent> Open(Wallet wallet, string owner) =>
        wallet.Owner is null
            ? Decision<WalletEvent>.Accept(new WalletEvent.Opened(owner, WalletKind.Shared))
            : Decision<WalletEvent>.Reject("wallet-open", "The wallet is open already.");

    public static Decision<WalletEvent> Add(Wallet wallet, params int[] amounts) =>
        Decision<WalletEvent>.Accept([.. amounts.Select(a => new WalletEvent.Added(a))]);

    public static Decision<WalletEvent> Take(Wallet wallet, int amount) =>
        amount <= wallet.Balance
            ? Decision<WalletEvent>.Accept(new WalletEvent.Taken(amount))
            : Decision<WalletEvent>.Reject("no-money", $"The wallet holds {wallet.Balance}, not {amount}.");
}
