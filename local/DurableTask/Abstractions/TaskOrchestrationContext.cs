using System.Collections.Immutable;
using Microsoft.DurableTask.Entities;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>What orchestrator code may use. Its code runs again from the start whenever something happens, so it must be deterministic.</summary>
public abstract partial class TaskOrchestrationContext
{
    private ILoggerFactory? _replaySafeLoggerFactory;

    /// <summary>The orchestrator's name.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The instance's id.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The orchestration that called this one; <see langword="null"/> if a client started it.</summary>
    public abstract ParentOrchestrationInstance? Parent { get; }

    /// <summary>The orchestration's clock: the same in every replay, constant between two awaits of unfinished tasks.</summary>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <summary>Whether the code is running again over what has already happened.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>The version the instance was started with; empty if none.</summary>
    public virtual string Version => string.Empty;

    /// <summary>Properties the host gives to orchestrations.</summary>
    public virtual IReadOnlyDictionary<string, object?> Properties => ImmutableDictionary<string, object?>.Empty;

    /// <summary>Durable entities are not supported.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public virtual TaskOrchestrationEntityFeature Entities => throw new NotSupportedException(
        "TaskOrchestrationContext.Entities: durable entities are not supported; keep the state in an aggregate or in an orchestration of its own.");

    /// <summary>Makes loggers that are silent during replay.</summary>
    public virtual ILoggerFactory ReplaySafeLoggerFactory => _replaySafeLoggerFactory ??= new ReplaySafeLoggerFactory(LoggerFactory, this);

    /// <summary>Makes loggers that write during replay too.</summary>
    protected abstract ILoggerFactory LoggerFactory { get; }

    /// <summary>The instance's input, or the type's default if it was started without one.</summary>
    public abstract T? GetInput<T>();

    /// <summary>Sends an event to an orchestration. An event to an instance that doesn't exist is dropped.</summary>
    public abstract void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>Sets what status queries show as the custom status; <see langword="null"/> clears it.</summary>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>Starts the orchestration over with a new input and an empty history, once its code has returned and no task is open.</summary>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>Starts the orchestration over with a new input and an empty history, once its code has returned and no task is open.</summary>
    /// <exception cref="NotSupportedException">A new version is asked for and the context can't change versions.</exception>
    public virtual void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.NewVersion is not null)
        {
            throw new NotSupportedException("ContinueAsNewOptions.NewVersion is not supported by this context; leave it unset.");
        }

        ContinueAsNew(options.NewInput, options.PreserveUnprocessedEvents);
    }

    /// <summary>A new id that is the same in every replay.</summary>
    public abstract Guid NewGuid();

    /// <summary>A logger that is silent during replay.</summary>
    public virtual ILogger CreateReplaySafeLogger(string categoryName) => ReplaySafeLoggerFactory.CreateLogger(categoryName);

    /// <summary>A logger that is silent during replay.</summary>
    public virtual ILogger CreateReplaySafeLogger(Type type) => ReplaySafeLoggerFactory.CreateLogger(type);

    /// <summary>A logger that is silent during replay.</summary>
    public virtual ILogger CreateReplaySafeLogger<T>() => CreateReplaySafeLogger(typeof(T));

    /// <summary>Compares the instance's version to another: as versions where both are, else as text without regard to case.</summary>
    /// <returns>Less than, equal to or greater than zero as the instance's version is lower, equal or higher; no version is the lowest.</returns>
    public virtual int CompareVersionTo(string version) => VersionOrder.Compare(Version, version);
}
