using EventFunctions.EventSourcing;
using EventFunctions.Http;

namespace EventFunctions.Projections;

/// <summary>Projections and their streams in routes.</summary>
internal static class ProjectionRoute
{
    /// <summary>The projection a route names.</summary>
    /// <exception cref="ProblemException">404: there is none of that name.</exception>
    public static IProjectionDefinition Projection(ProjectionSet projections, string name) => projections.Find(name)
        ?? throw new ProblemException(Problem.NotFound("projection-not-found", $"There is no projection '{name}'."));

    /// <summary>The stream a route names.</summary>
    /// <exception cref="ProblemException">404: no stream can have that name.</exception>
    public static StreamName Stream(string text) => StreamName.TryParse(text, out var stream) ? stream : throw NotStalled(text);

    /// <summary>404: nothing is known of the stream having stalled.</summary>
    public static ProblemException NotStalled(string stream) =>
        new(Problem.NotFound("stream-not-stalled", $"'{stream}' has not stalled, or is mended already."));
}
