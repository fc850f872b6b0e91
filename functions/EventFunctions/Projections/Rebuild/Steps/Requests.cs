using EventFunctions.EventSourcing;

namespace EventFunctions.Projections.Rebuild.Steps;

/// <summary>Names a generation.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Generation">The generation's number.</param>
public sealed record GenerationRequest(string Projection, int Generation);

/// <summary>What a rebuild begins with.</summary>
/// <param name="Serving">The generation that serves.</param>
/// <param name="Ranges">The ranges of the feed.</param>
public sealed record RebuildPlan(int Serving, IReadOnlyList<string> Ranges);

/// <summary>What to replay.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Generation">The generation to fill.</param>
/// <param name="Range">The range of the feed.</param>
/// <param name="Continuation">Where to read on.</param>
/// <param name="MaxEvents">About how many events to apply.</param>
public sealed record ReplayRequest(string Projection, int Generation, string Range, string? Continuation, int MaxEvents);

/// <summary>What to compare.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Serving">The generation that serves.</param>
/// <param name="Building">The new one.</param>
/// <param name="Comparison">How far it has come.</param>
/// <param name="MaxViews">About how many views to go through.</param>
/// <param name="IsSecondLook">Whether only the views that differed are looked at again.</param>
public sealed record CompareRequest(
    string Projection, int Serving, int Building, GenerationComparison Comparison, int MaxViews, bool IsSecondLook);

/// <summary>What to delete.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Generation">The retired generation.</param>
/// <param name="MaxViews">About how many views to delete.</param>
/// <param name="IsLast">Whether the generation is to be forgotten when no view is left.</param>
public sealed record PurgeRequest(string Projection, int Generation, int MaxViews, bool IsLast);

/// <summary>A step in the life of a generation.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Generation">The generation that the rebuild made.</param>
/// <param name="Change">One of the constants.</param>
public sealed record GenerationChange(string Projection, int Generation, string Change)
{
    /// <summary>It serves.</summary>
    public const string Switch = "switch";

    /// <summary>The one before serves again.</summary>
    public const string RollBack = "roll-back";

    /// <summary>The one before is given up.</summary>
    public const string Finish = "finish";

    /// <summary>It is given up before it served.</summary>
    public const string Abandon = "abandon";
}
