namespace EventFunctions.EventSourcing;

/// <summary>What the upcasters must fulfil together: from every retired version of every event one way to the newest.</summary>
internal static class UpcasterRules
{
    /// <summary>Everything that is wrong with the links, a sentence each.</summary>
    /// <param name="events">The types of the events.</param>
    /// <param name="links">The upcasters.</param>
    /// <param name="shapes">Every type marked as a retired shape.</param>
    public static IEnumerable<string> Problems(IReadOnlyList<EventTypeInfo> events, IReadOnlyList<UpcasterLink> links, IEnumerable<Type> shapes)
    {
        var newest = events.GroupBy(e => e.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.MaxBy(e => e.SchemaVersion)!, StringComparer.Ordinal);
        var used = links.Select(l => l.Shape).ToHashSet();
        return
        [
            .. links.Select(l => Misplaced(l, newest)).OfType<string>(),
            .. Doubled(links),
            .. newest.Values.SelectMany(e => Missing(e, links)),
            .. shapes.Where(s => !used.Contains(s)).Select(s => RetiredShape.ProblemOf(s) ?? Unused(s)),
        ];
    }

    private static string? Misplaced(UpcasterLink link, Dictionary<string, EventTypeInfo> newest) => newest.GetValueOrDefault(link.Name) switch
    {
        null when newest.Values.FirstOrDefault(e => EventTypeRules.AliasesOf(e.ClrType).Contains(link.Name)) is { } renamed =>
            $"{Named(link)} upcasts '{link.Name}', which is an alias; its shape must carry the present name '{renamed.Name}'.",
        null => $"{Named(link)} upcasts '{link.Name}', and no event has that name.",
        { SchemaVersion: var version } when link.FromVersion >= version =>
            $"{Named(link)} upcasts from version {link.FromVersion} of '{link.Name}', whose newest version is {version}; there is nothing to upcast to.",
        _ => null,
    };

    private static IEnumerable<string> Doubled(IEnumerable<UpcasterLink> links) => links
        .GroupBy(l => (l.Name, l.FromVersion))
        .Where(g => g.Count() > 1)
        .Select(g => $"Version {g.Key.FromVersion} of '{g.Key.Name}' has more than one upcaster: {string.Join(" and ", g.Select(Named))}; leave one.");

    private static IEnumerable<string> Missing(EventTypeInfo type, IReadOnlyList<UpcasterLink> links) => Enumerable
        .Range(1, Math.Max(0, type.SchemaVersion - 1))
        .Except(links.Where(l => l.Name == type.Name).Select(l => l.FromVersion))
        .Select(version =>
            $"'{type.Name}' has version {type.SchemaVersion} ({type.ClrType.FullName}) and no upcaster from version {version} to {version + 1}; " +
            "write one, or events stored in that version cannot be read.");

    private static string Unused(Type shape) =>
        $"{shape.FullName} is marked [RetiredEvent] and no upcaster upcasts from it; write one, or remove the shape.";

    private static string? Named(UpcasterLink link) => link.Upcaster.GetType().FullName;
}
