using EventFunctions.Domain.Catalog;
using EventFunctions.Domain.Customers;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Notifications;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Domain.Tests.Kit;

/// <summary>Generators. Commands draw on few ids and small numbers, so that they meet, repeat and contradict each other.</summary>
internal static class Any
{
    private static readonly Gen<OrderId> OrderIds = Gen.Elements(Sample.TheOrder, Sample.OtherOrder, Sample.ThirdOrder);

    private static readonly Gen<Money> SmallMoney =
        from amount in Gen.Choose(0, 6)
        from currency in Gen.Frequency((9, Gen.Constant(Sample.Euro)), (1, Gen.Constant(Sample.Dollar)))
        select new Money(amount, currency);

    private static readonly Gen<string> Ids = Gen.Elements("id-1", "id-2", "id-3");

    public static Gen<Currency> Currencies { get; } = Gen.Elements<string>(Currency.Codes).Select(code => new Currency(code));

    /// <summary>Money of any currency and size, up to the maximum.</summary>
    public static Gen<Money> Monies { get; } =
        from currency in Currencies
        from scale in Gen.Choose(0, 9)
        from units in Gen.Choose(0, int.MaxValue)
        select new Money(decimal.Round(Math.Min(units * (decimal)Math.Pow(10, scale - currency.Decimals - 4), Money.MaxAmount), currency.Decimals), currency);

    public static Gen<Quantity> Quantities { get; } = Gen.Choose(1, Quantity.MaxValue).Select(n => new Quantity(n));

    /// <summary>Text as people write it, with what is hard for JSON.</summary>
    public static Gen<string> Texts { get; } = Gen.Elements('a', 'Z', '7', ' ', 'é', '"', '\\', '/', '<', '\u2028', '漢', '&')
        .NonEmptyListOf().Select(chars => "x" + string.Concat(chars.Take(60)) + "x");

    public static Gen<Address> Addresses { get; } =
        from name in Texts
        from line1 in Texts
        from line2 in Gen.OneOf(Texts.Select(string? (t) => t), Gen.Constant<string?>(null))
        from city in Texts
        from country in Gen.Elements("DE", "GB", "JP")
        select new Address(name, line1, line2, "10115", city, country);

    /// <summary>Lines that may break any rule, but often break none.</summary>
    public static Gen<OrderLine[]> LineArrays { get; } =
        (from product in Gen.Choose(0, 200)
         from quantity in Gen.Choose(1, 1000)
         from price in Gen.Choose(0, 100_000)
         select new OrderLine(new ProductId($"p{product}"), new Quantity(quantity), Sample.Euros(price / 100m))).ArrayOf();

    public static Gen<OrderCommand> OrderCommands { get; } = Gen.OneOf(
        LineArrays.Select(OrderCommand (lines) => new PlaceOrder(Sample.TheOrder, Sample.Customer, lines, Sample.Home, Sample.Token)),
        Gen.Constant<OrderCommand>(new PlaceOrder(Sample.TheOrder, Sample.Customer, Sample.Lines, Sample.Home, Sample.Token)),
        Gen.Constant<OrderCommand>(new PlaceOrder(Sample.TheOrder, Sample.Customer, Sample.Lines, Sample.Home, Sample.Token, NeedsReview: true)),
        Gen.Constant<OrderCommand>(new ApproveOrder("reviewer-1")),
        Gen.Constant<OrderCommand>(new ConfirmOrder()),
        Gen.Elements<OrderCommand>(new PayOrder(Sample.Lines.Total), new PayOrder(Sample.Euros(1))),
        Ids.Select(OrderCommand (id) => new ShipOrder(id)),
        Gen.Constant<OrderCommand>(new DeliverOrder(Sample.Earlier)),
        Gen.Frequency((1, Texts.Select(OrderCommand (reason) => new CancelOrder("why", reason))), (2, Gen.Constant<OrderCommand>(new ConfirmOrder()))));

    public static Gen<StockItemCommand> StockItemCommands { get; } = Gen.OneOf(
        from quantity in Gen.Choose(1, 12)
        from threshold in Gen.Elements<int?>(null, 0, 3, 8)
        select (StockItemCommand)new Replenish(Sample.Mug, new Quantity(quantity), threshold),
        from order in OrderIds
        from quantity in Gen.Choose(1, 6)
        select (StockItemCommand)new Reserve(order, new Quantity(quantity)),
        from order in NewOrderIds()
        from quantity in Gen.Choose(1, 6)
        select (StockItemCommand)new Reserve(order, new Quantity(quantity)),
        OrderIds.Select(StockItemCommand (order) => new Release(order)),
        OrderIds.Select(StockItemCommand (order) => new Commit(order)));

    public static Gen<PaymentCommand> PaymentCommands { get; } = Gen.OneOf(
        Gen.Elements<PaymentCommand>(new StartPayment(Sample.TheOrder, Sample.Euros(5)), new StartPayment(Sample.TheOrder, Sample.Euros(3))),
        from amount in Gen.Elements(Sample.Euros(5), Sample.Euros(3), Sample.Euros(1))
        from id in Ids
        select (PaymentCommand)new RecordAuthorization(amount, id),
        from amount in SmallMoney
        from id in Ids
        select (PaymentCommand)new RecordCapture(amount, id),
        Gen.Constant<PaymentCommand>(new RecordFailure("declined", "no")),
        Ids.Select(PaymentCommand (id) => new RecordVoid(id)),
        from amount in SmallMoney
        from id in Ids
        select (PaymentCommand)new RecordRefund(amount, id));

    public static Gen<ShipmentCommand> ShipmentCommands { get; } = Gen.OneOf(
        Ids.Select(ShipmentCommand (id) => new CreateShipment(Sample.TheOrder, id, "T-" + id, Sample.Home)),
        Gen.Constant<ShipmentCommand>(new DispatchShipment()),
        Gen.Elements<ShipmentCommand>(new DeliverShipment(Sample.Earlier), new DeliverShipment(Sample.Now.AddDays(1))),
        Gen.Elements<ShipmentCommand>(new CancelShipment("gone"), new DispatchShipment()));

    public static Gen<ProductCommand> ProductCommands { get; } = Gen.OneOf(
        from name in Gen.Elements("Mug", "Cup")
        from price in SmallMoney
        select (ProductCommand)new CreateProduct(Sample.Mug, Sample.MugSku, new ProductName(name), Sample.About, Sample.Shelf, price),
        from name in Texts
        from price in SmallMoney
        select (ProductCommand)new UpdateProduct(new ProductName(name), new ProductDescription(name), Sample.Shelf, price),
        Gen.Elements<ProductCommand>(new ActivateProduct(), new DeactivateProduct()),
        Gen.Frequency((1, Gen.Constant<ProductCommand>(new DeleteProduct())), (3, Gen.Constant<ProductCommand>(new DeactivateProduct()))));
    /// <summary>Addresses of mailboxes, and texts that are almost some.</summary>
    public static Gen<string> MailboxTexts { get; } =
        from local in Gen.Elements("ada", "Ada.Byron", "a+b", "x_1", ".ada", "ada.", "a..b", "a b", "", new string('l', 64), new string('l', 65))
        from host in Gen.Elements("example.com", "EXAMPLE.Org", "a-b.example", "localhost", "-a.example", "example.c0m", "example.", "1.2.3.4", "")
        select $"{local}@{host}";

    /// <summary>Commands to one account; openings come often, so that most sequences have one early.</summary>
    public static Gen<CustomerCommand> CustomerCommands { get; } = Gen.Frequency(
        (4, from email in Gen.Elements(Sample.Mailbox, Sample.Mailbox, Sample.NewMailbox)
            select (CustomerCommand)new RegisterCustomer(Sample.Customer, Sample.Ada, email, Sample.Preferences)),
        (4, Gen.Choose(1, 3).Select(CustomerCommand (version) => new ConfirmAddress(version))),
        (2, Gen.Elements(Sample.Mailbox, Sample.NewMailbox, new Email("third@example.net")).Select(CustomerCommand (email) => new ChangeEmail(email))),
        (1, Texts.Select(CustomerCommand (text) => new UpdateCustomer(new PersonName(text), null))),
        (1, Gen.Constant<CustomerCommand>(new UpdateCustomer(Sample.Ada, Sample.Phone))),
        (2, Gen.Elements(Enum.GetValues<CustomerTier>()).Select(CustomerCommand (tier) => new PromoteCustomer(tier))),
        (1, Gen.Elements(Sample.Preferences, CustomerPreferences.Default).Select(CustomerCommand (preferences) => new UpdatePreferences(preferences))),
        (3, Gen.Frequency((3, Gen.Choose(1, 3)), (1, Gen.Choose(4, 30))).Select(CustomerCommand (n) => new RecordLogin(new SessionId($"s{n}"), Sample.Earlier))),
        (2, Gen.Choose(1, 3).Select(CustomerCommand (n) => new RecordLogout(new SessionId($"s{n}"), Sample.Now.AddDays(1)))),
        (1, Texts.Select(CustomerCommand (reason) => new DeactivateCustomer("why", reason))),
        (1, Gen.Constant<CustomerCommand>(new ExpireRegistration())),
        (2, Gen.Constant<CustomerCommand>(new ReactivateCustomer())),
        (1, Gen.Frequency((3, Gen.Constant<CustomerCommand>(new ReactivateCustomer())), (1, Gen.Constant<CustomerCommand>(new EraseCustomer())))));

    public static Gen<NotificationCommand> NotificationCommands { get; } =
        from template in Gen.Elements("order-shipped", "order-delivered")
        from language in Gen.Elements("en", "de")
        from customer in Gen.Elements(Sample.Customer, null)
        select (NotificationCommand)new RecordNotification(
            Sample.TheNotification, template, NotificationChannel.Email, new LanguageTag(language), customer);

    /// <summary>Sequences of values, which a failing test shortens.</summary>
    public static Arbitrary<T[]> SequencesOf<T>(Gen<T> values) => Arb.Array(Arb.From(values));

    private static Gen<OrderId> NewOrderIds() => Gen.Choose(1, int.MaxValue).Select(n => new OrderId(new Guid(n, 0, 0, new byte[8])));
}
