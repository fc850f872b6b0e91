#nullable disable

using System.Transactions;

namespace Azure.Messaging.ServiceBus;

/// <summary>The local broker has no transactions; taking part in one silently would be worse than saying so.</summary>
internal static class AmbientTransactions
{
    public static void Refuse(string operation)
    {
        if (Transaction.Current is not null)
        {
            throw new NotSupportedException(
                $"{operation} in a TransactionScope: the local broker has no transactions. Suppress the scope "
                + "(TransactionScopeOption.Suppress) and make the handler idempotent instead.");
        }
    }
}
