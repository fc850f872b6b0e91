using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Projections.Rebuild;

/// <summary><c>POST /api/admin/projections/{name}/rebuild/{command}</c>: pause, resume, cancel, switch, rollback or finish.</summary>
/// <param name="rebuilds">Finds the rebuild.</param>
public sealed class SteerRebuildEndpoint(RebuildReader rebuilds)
{
    /// <summary>202 when the command will be followed between two steps; 409 where it has no meaning.</summary>
    [Function("SteerRebuild")]
    [ApiAnswer(202, typeof(SteerAnswer), HasLocation = true)]
    [ApiProblem(404, "projection-not-found", "rebuild-not-found", "rebuild-command-not-found")]
    [ApiProblem(409, "rebuild-not-in-this-phase")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "projections/{name}/rebuild/{command}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string name,
        string command,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        _ = request;
        var report = await rebuilds.ReadAsync(client, name, cancellationToken);
        if (!RebuildCommands.All.Contains(command))
        {
            return new ProblemResult(RebuildProblems.UnknownCommand(command));
        }

        if (!report.Commands.Contains(command))
        {
            return new ProblemResult(RebuildProblems.NotNow(command, report));
        }

        await TellAsync(client, report, command, cancellationToken);
        return new ApiResult(
            StatusCodes.Status202Accepted, new SteerAnswer(name, command, report.Phase), location: $"/api/admin/projections/{name}/rebuild");
    }

    /// <summary>A pause is the engine's own: a suspended orchestration takes no further step until it is resumed.</summary>
    private static async Task TellAsync(DurableTaskClient client, RebuildReport report, string command, CancellationToken cancellationToken)
    {
        var id = RebuildProjection.InstanceIdOf(report.Projection);
        if (command == RebuildCommands.Pause)
        {
            await client.SuspendInstanceAsync(id, "An operator paused the rebuild.", cancellationToken);
            return;
        }

        if (command != RebuildCommands.Resume || !report.IsPaused)
        {
            await client.RaiseEventAsync(id, RebuildCommands.EventName, new RebuildCommand(command), cancellationToken);
        }

        // Whatever else a paused one is told, it has to run to follow it.
        if (report.IsPaused)
        {
            await client.ResumeInstanceAsync(id, "An operator resumed the rebuild.", cancellationToken);
        }
    }
}

/// <summary>The answer to a command.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Command">The command.</param>
/// <param name="Phase">The phase of the rebuild when it was told.</param>
public sealed record SteerAnswer(string Projection, string Command, string Phase);
