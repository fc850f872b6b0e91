using EventFunctions.Local.DurableTask;
using Microsoft.DurableTask;

namespace EventFunctions.Benchmarks.Orchestrations;

/// <summary>Orchestrations whose activities take no time: what is measured is the engine.</summary>
internal sealed class HelloCode : ITaskDispatcher
{
    public const string Sequence = "Sequence", FanOut = "FanOut", Collect = "Collect", Sleep = "Sleep", Wait = "Wait";

    public const int Activities = 5, Branches = 100;

    public bool HasOrchestrator(string name) => name is Sequence or FanOut or Collect or Sleep or Wait;

    public bool HasActivity(string name) => name == "Hello";

    public async Task<object?> RunOrchestratorAsync(TaskOrchestrationContext context, CancellationToken cancellationToken)
    {
        switch (context.Name.Name)
        {
            case Sequence:
                var greetings = new List<string>();
                for (var i = 0; i < Activities; i++)
                {
                    greetings.Add(await context.CallActivityAsync<string>("Hello", "you"));
                }

                return greetings;
            case FanOut:
                return (await Task.WhenAll(Enumerable.Range(0, Branches).Select(_ => context.CallActivityAsync<string>("Hello", "you")))).Length;
            case Collect:
                var events = context.GetInput<int>();
                for (var i = 0; i < events; i++)
                {
                    await context.WaitForExternalEvent<int>("n", CancellationToken.None);
                }

                return events;
            case Sleep:
                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return null;
            default:
                return await context.WaitForExternalEvent<int>("go", CancellationToken.None);
        }
    }

    public Task<string?> RunActivityAsync(ActivityInvocation invocation, CancellationToken cancellationToken) => Task.FromResult<string?>("\"Hello you!\"");
}
