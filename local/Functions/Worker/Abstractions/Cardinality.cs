namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>How many things one invocation gets.</summary>
public enum Cardinality
{
    /// <summary>A batch.</summary>
    Many,

    /// <summary>A single one.</summary>
    One,
}

/// <summary>A trigger that can hand over one thing or a batch.</summary>
public interface ISupportCardinality
{
    /// <summary>What an invocation gets.</summary>
    Cardinality Cardinality { get; set; }
}
