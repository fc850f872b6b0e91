using System.Text.Json.Nodes;
using EventFunctions.Local.DurableTask;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Tests.Simulation;

/// <summary>The simulation is worth what it finds: faults are planted, and it has to find each within so many seeds.</summary>
public sealed class PlantedFaultTests
{
    private const int Seeds = 300;

    [Fact]
    public void An_undo_that_does_nothing_is_found() => Finds(
        "reserved",
        new Mutation
        {
            Call = call => call.Name == OrderSteps.ReleaseStock ? null : call,
            AnswerOfWhatIsLeftOut = """{"Undid":true}""",
        });

    [Fact]
    public void A_payment_that_is_taken_anew_with_each_attempt_is_found() => Finds(
        "payment",
        new Mutation { Call = call => call.Name == OrderSteps.CapturePayment ? WithStepOfItsOwn(call) : call });

    [Fact]
    public void A_log_that_forgets_what_it_had_confirmed_is_found() => Finds(
        "sagas",
        new Mutation { Survivors = records => [.. records.SkipLast(25)] });

    private static void Finds(string what, Mutation mutation)
    {
        var found = Enumerable.Range(1, Seeds).Select(seed => FailureOf(seed, mutation)).FirstOrDefault(failure => failure is not null);

        Assert.NotNull(found);
        Assert.Contains(what, found, StringComparison.Ordinal);
    }

    private static string? FailureOf(int seed, Mutation mutation)
    {
        try
        {
            ShopRun.Run(seed, mutation);
            return null;
        }
        catch (SimulationFailedException failure)
        {
            return failure.Message;
        }
    }

    /// <summary>The step's name is part of its command's id and of its key at the provider; a name for each attempt undoes both.</summary>
    private static ActivityInvocation WithStepOfItsOwn(ActivityInvocation call)
    {
        var input = JsonNode.Parse(call.SerializedInput!)!;
        input["Step"] = $"{input["Step"]}:{call.TaskId}";
        return call with { SerializedInput = input.ToJsonString() };
    }
}
