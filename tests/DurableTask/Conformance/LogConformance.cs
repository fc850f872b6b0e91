using EventFunctions.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// Replay-safe loggers (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-diagnostics, "Replay-safe logging").
/// </summary>
public sealed class LogConformance
{
    [Fact]
    public async Task A_replay_safe_logger_writes_each_line_once()
    {
        using var log = new MessageRecorder(LogLevel.Information);
        await using var hub = await ConformanceHub.StartAsync(
            tasks => tasks
                .Activity<int, int>("Work", n => n)
                .Orchestrator("O", async context =>
                {
                    var logger = context.CreateReplaySafeLogger("O");
                    for (var step = 1; step <= 3; step++)
                    {
                        logger.LogInformation("Step {Step} begins.", step);
                        await context.CallActivityAsync<int>("Work", step);
                    }

                    logger.LogInformation("All steps are done.");
                    return 0;
                }),
            log);

        await hub.RunAsync("O");

        Assert.Equal(
            ["Step 1 begins.", "Step 2 begins.", "Step 3 begins.", "All steps are done."],
            log.Messages.Where(line => line.Contains("tep", StringComparison.Ordinal) && line.EndsWith('.') && line.Length < 20));
    }
}
