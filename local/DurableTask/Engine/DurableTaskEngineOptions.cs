using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace EventFunctions.Local.DurableTask;

/// <summary>Limits and defaults of the engine.</summary>
public sealed record DurableTaskEngineOptions
{
    private readonly int _maxConcurrentOrchestrators = 10 * Environment.ProcessorCount;
    private readonly int _maxConcurrentActivities = 10 * Environment.ProcessorCount;

    /// <summary>How many instances run their code at the same time; at least 1, ten per processor by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxConcurrentOrchestrators
    {
        get => _maxConcurrentOrchestrators;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxConcurrentOrchestrators = value;
        }
    }

    /// <summary>How many activities run at the same time; at least 1, ten per processor by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaxConcurrentActivities
    {
        get => _maxConcurrentActivities;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxConcurrentActivities = value;
        }
    }

    /// <summary>The version of instances that are started without one; empty for none.</summary>
    public string DefaultVersion { get; init; } = string.Empty;

    /// <summary>Serializes inputs, results, events and statuses.</summary>
    public DataConverter DataConverter { get; init; } = JsonDataConverter.Default;
}
