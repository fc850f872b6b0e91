namespace EventFunctions.EventSourcing;

/// <summary>The projections of the app by name.</summary>
/// <param name="definitions">The projections; each name once.</param>
/// <exception cref="ArgumentException">Two projections have one name.</exception>
public sealed class ProjectionSet(IEnumerable<IProjectionDefinition> definitions)
{
    private readonly Dictionary<string, IProjectionDefinition> _byName = definitions.ToDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>A projection, or <see langword="null"/> if there is none of that name.</summary>
    public IProjectionDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>A projection.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public IProjectionDefinition Get(string name) =>
        Find(name) ?? throw new ArgumentException($"No projection '{name}' is registered.", nameof(name));
}
