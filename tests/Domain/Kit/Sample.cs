using EventFunctions.Domain.Catalog;
using EventFunctions.Domain.Customers;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Tests.Kit;

/// <summary>Values that many tests need and that mean nothing special.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 30, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Earlier = Now.AddHours(-2);
    public static readonly Currency Euro = new("EUR");
    public static readonly Currency Dollar = new("USD");
    public static readonly OrderId TheOrder = new(new Guid("6f1f64a1-58a5-4f43-9a0f-0123456789ab"));
    public static readonly OrderId OtherOrder = new(new Guid("11111111-2222-3333-4444-555555555555"));
    public static readonly OrderId ThirdOrder = new(new Guid("99999999-2222-3333-4444-555555555555"));
    public static readonly CustomerId Customer = new("customer-1");
    public static readonly PersonName Ada = new("Ada Byron");
    public static readonly Email Mailbox = new("ada@example.com");
    public static readonly Email NewMailbox = new("ada.byron@example.org");
    public static readonly PhoneNumber Phone = new("+4930123456");
    public static readonly CustomerPreferences Preferences = new(new LanguageTag("de"), true, new ContactChannels(true, false));
    public static readonly NotificationId TheNotification = new(new Guid("0f0e0d0c-0b0a-0908-0706-050403020100"));
    public static readonly ProductId Mug = new("mug-blue");
    public static readonly ProductId Lamp = new("lamp_7");
    public static readonly Sku MugSku = new("MUG-001.B");
    public static readonly ProductName MugName = new("Blue mug");
    public static readonly ProductDescription About = new("A mug.\nIt is blue.");
    public static readonly ProductCategory Shelf = new("tea-and-coffee");
    public static readonly PaymentToken Token = new("tok_ok");
    public static readonly Address Home = new("Ada Byron", "1 Engine Street", "Floor 2", "10115", "Berlin", "DE");
    public static readonly OrderLines Lines = new([new OrderLine(Mug, Pieces(2), Euros(12.50m)), new OrderLine(Lamp, Pieces(1), Euros(7))]);

    public static EventTypeRegistry Registry { get; } = EventTypeRegistry.FromAssemblies(typeof(Money).Assembly);

    public static Money Euros(decimal amount) => new(amount, Euro);

    public static Quantity Pieces(int number) => new(number);
}
