namespace EventFunctions.EventSourcing;

/// <summary>The versions of an event from its first to its newest, once they are known to be complete.</summary>
internal static class EventHistory
{
    /// <summary>The event's versions, in order.</summary>
    public static IEnumerable<EventVersionInfo> VersionsOf(EventTypeInfo type, IReadOnlyList<UpcasterLink> links)
    {
        var aliases = EventTypeRules.AliasesOf(type.ClrType);
        return LinksOf(type, links)
            .Select(l => new EventVersionInfo(type.Name, l.FromVersion, l.Shape, IsNewest: false, aliases))
            .Append(new EventVersionInfo(type.Name, type.SchemaVersion, type.ClrType, IsNewest: true, aliases));
    }

    /// <summary>How each of the event's versions is read, by every name it may be stored under.</summary>
    public static IEnumerable<KeyValuePair<(string Name, int SchemaVersion), EventReading>> ReadingsOf(
        EventTypeInfo type, IReadOnlyList<UpcasterLink> links)
    {
        IEventUpcaster[] chain = [.. LinksOf(type, links).Select(l => l.Upcaster)];
        string[] names = [type.Name, .. EventTypeRules.AliasesOf(type.ClrType)];
        return Enumerable.Range(1, type.SchemaVersion)
            .Select(version => (Version: version, Reading: new EventReading(type, chain[(version - 1)..])))
            .SelectMany(v => names.Select(name => KeyValuePair.Create((name, v.Version), v.Reading)));
    }

    private static IOrderedEnumerable<UpcasterLink> LinksOf(EventTypeInfo type, IEnumerable<UpcasterLink> links) =>
        links.Where(l => l.Name == type.Name).OrderBy(l => l.FromVersion);
}
