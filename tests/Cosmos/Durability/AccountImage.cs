using System.Globalization;
using System.Text;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Tests.Durability;

/// <summary>All that a client could see of an account, as text: equal texts, equal accounts.</summary>
internal static class AccountImage
{
    public static string Of(Account account)
    {
        var text = new StringBuilder();
        var note = account.Note();
        text.Append(CultureInfo.InvariantCulture, $"last database {note.LastDatabase}\n");
        foreach (var offer in account.Offers.OrderBy(o => o.Resource.Database).ThenBy(o => o.Resource.Container))
        {
            text.Append(CultureInfo.InvariantCulture, $"{offer}\n");
        }

        foreach (var database in note.Databases.OrderBy(d => d.Rid))
        {
            text.Append(CultureInfo.InvariantCulture, $"database {database.Rid} {database.Id} {database.Timestamp}, last container {database.LastContainer}\n");
            foreach (var container in database.Containers.Select(c => c.Note()).OrderBy(c => c.Rid.Container))
            {
                Describe(container, text);
            }
        }

        return text.ToString();
    }

    private static void Describe(ContainerNote container, StringBuilder text)
    {
        var definition = container.Definition;
        var kept = string.Join(' ', definition.Kept.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => k.Key + k.Value.GetRawText()));
        text.Append(
            CultureInfo.InvariantCulture,
            $"container {container.Rid} {definition.Id} {definition.PartitionKey.Text} {definition.DefaultTimeToLive} {container.Timestamp} {container.NextItemNumber} {kept}\n");
        foreach (var range in container.Ranges)
        {
            text.Append(CultureInfo.InvariantCulture, $"range at {range.Lsn}\n");
            foreach (var item in range.Items)
            {
                text.Append(CultureInfo.InvariantCulture, $"{item with { Json = default }} {Encoding.UTF8.GetString(item.Json.Span)}\n");
            }
        }
    }
}
