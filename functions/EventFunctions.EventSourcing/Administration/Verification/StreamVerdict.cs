namespace EventFunctions.EventSourcing;

/// <summary>What was found in a stream, while it is looked at.</summary>
internal sealed class StreamVerdict
{
    /// <summary>What is wrong.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>How many events were read.</summary>
    public long Events { get; set; }

    /// <summary>How many snapshots were compared with what the events say.</summary>
    public int SnapshotsCompared { get; set; }

    /// <summary>The one thing that is wrong with a stream that cannot be looked at.</summary>
    public static StreamVerdict Of(string code, string stream, string detail)
    {
        var verdict = new StreamVerdict();
        verdict.Findings.Add(new Finding(code, stream, null, detail));
        return verdict;
    }
}
