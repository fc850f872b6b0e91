using System.Text;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Text of symbols; those every message carries are not built anew.</summary>
internal static class KnownSymbols
{
    private static readonly string[] Often =
    [
        MessageAnnotation.PartitionKey, MessageAnnotation.ScheduledEnqueueTime, MessageAnnotation.ViaPartitionKey,
        "application/json", "text/plain",
    ];

    /// <summary>The text of ASCII bytes.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        foreach (var known in Often)
        {
            if (Ascii.Equals(bytes, known))
            {
                return known;
            }
        }

        return Encoding.ASCII.GetString(bytes);
    }
}
