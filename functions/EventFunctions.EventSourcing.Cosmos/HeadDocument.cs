using System.Globalization;
using System.Text.Json;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>The head of a stream as an item of the stream's partition.</summary>
/// <param name="Id">Always <see cref="HeadId"/>.</param>
/// <param name="Stream">The partition key.</param>
/// <param name="Kind">Always <see cref="HeadId"/>.</param>
/// <param name="Version">The version of the newest event.</param>
/// <param name="Time">The time of the newest event.</param>
/// <param name="Snapshot">The snapshot, where one is kept.</param>
/// <param name="Commands">
/// The last commands, each as <c>id version [fingerprint]</c>: the history is most of a head, and every append pays for its size.
/// </param>
internal sealed record HeadDocument(
    string Id, string Stream, string Kind, long Version, DateTimeOffset Time, StateSnapshot? Snapshot, IReadOnlyList<string> Commands)
{
    /// <summary>The item's id, and its kind.</summary>
    public const string HeadId = "head";

    public static HeadDocument Of(StreamName stream, StreamHead head) =>
        new(
            HeadId,
            stream.Value,
            HeadId,
            head.Version,
            head.Time.ToUniversalTime(),
            head.Snapshot,
            [.. head.Commands.Select(Write)]);

    /// <exception cref="JsonException">The command history is not one.</exception>
    public StreamHead ToHead(string etag) => new(Version, etag, Time, Snapshot, [.. Commands.Select(Read)]);

    private static string Write(HandledCommand command) =>
        command.Fingerprint is null
            ? $"{command.CommandId:N} {command.Version}"
            : $"{command.CommandId:N} {command.Version} {command.Fingerprint}";

    private static HandledCommand Read(string text)
    {
        var parts = text.Split(' ', 3);
        return parts.Length > 1
            && Guid.TryParseExact(parts[0], "N", out var id)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new HandledCommand(id, version, parts.Length > 2 ? parts[2] : null)
            : throw new JsonException($"'{text}' is not a handled command.");
    }
}
