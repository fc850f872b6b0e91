using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.Integration.Contracts;

namespace EventFunctions.Integration.Translators;

/// <summary>Values of the domain as contracts write them.</summary>
internal static class ContractValues
{
    public static ContractMoney ToContract(this Money money) => new(money.Amount, money.Currency.Code);

    public static ContractOrderLine ToContract(this OrderLine line) => new(line.ProductId.Value, line.Quantity.Value, line.UnitPrice.ToContract());
}
