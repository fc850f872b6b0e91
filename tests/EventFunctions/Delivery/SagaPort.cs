using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Moq;

namespace EventFunctions.Tests.Delivery;

/// <summary>The client that functions get: hands every call on and counts what changes a saga. A call it does not know fails.</summary>
internal sealed class SagaPort
{
    private readonly Lock _gate = new();
    private readonly List<string> _told = [];

    public SagaPort(DurableTaskClient inner)
    {
        var client = new Mock<DurableTaskClient>(MockBehavior.Strict, "tapped");
        client.Setup(c => c.GetInstanceAsync(It.IsAny<string>(), It.IsAny<bool>(), It.IsAny<CancellationToken>()))
            .Returns((string id, bool whole, CancellationToken token) => inner.GetInstanceAsync(id, whole, token));
        client.Setup(c => c.GetInstanceAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Returns((string id, CancellationToken token) => inner.GetInstanceAsync(id, token));
        client.Setup(c => c.ScheduleNewOrchestrationInstanceAsync(
                It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()))
            .Returns(async (TaskName name, object? input, StartOrchestrationOptions? options, CancellationToken token) =>
            {
                // Of several that start at once all but one are refused, and have started nothing.
                var id = await inner.ScheduleNewOrchestrationInstanceAsync(name, input, options, token);
                Note($"start {name.Name} {id}");
                return id;
            });
        client.Setup(c => c.RaiseEventAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<object?>(), It.IsAny<CancellationToken>()))
            .Returns((string id, string name, object? payload, CancellationToken token) =>
            {
                Note($"tell {id} {name}");
                return inner.RaiseEventAsync(id, name, payload, token);
            });
        Client = client.Object;
    }

    public DurableTaskClient Client { get; }

    /// <summary>What was started and what was told, in order.</summary>
    public IReadOnlyList<string> Told
    {
        get
        {
            lock (_gate)
            {
                return [.. _told];
            }
        }
    }

    /// <summary>The instances of an orchestrator that were started, in order.</summary>
    public IReadOnlyList<string> Started(string orchestrator) =>
        [.. Told.Where(t => t.StartsWith($"start {orchestrator} ", StringComparison.Ordinal)).Select(t => t[(t.LastIndexOf(' ') + 1)..])];

    private void Note(string what)
    {
        lock (_gate)
        {
            _told.Add(what);
        }
    }
}
