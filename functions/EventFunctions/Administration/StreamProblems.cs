using EventFunctions.Http;

namespace EventFunctions.Administration;

/// <summary>What can be wrong with a stream that is administered.</summary>
internal static class StreamProblems
{
    /// <summary>404: there is no such stream.</summary>
    public static Problem Absent(string stream) => Problem.NotFound("stream-not-found", $"There is no stream '{stream}'.");

    /// <summary>409: a stream is damaged, and has to be mended first.</summary>
    public static Problem Damaged(Exception exception) =>
        new(409, "stream-damaged", "A stream is damaged.", $"{exception.Message} Verify the store: GET /api/admin/verify.");

    /// <summary>409: another run is at it.</summary>
    public static Problem Contended() =>
        new(409, "contended", "Another run is archiving the same stream.", "Send the same request again when it has ended.")
        {
            RetryAfter = TimeSpan.FromSeconds(5),
        };
}
