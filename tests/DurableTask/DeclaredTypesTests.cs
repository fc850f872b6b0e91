using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace EventFunctions.Local.DurableTask.Tests;

public sealed class DeclaredTypesTests
{
    [Fact]
    public void Task_names_and_versions_compare_without_letter_case()
    {
        Assert.True(new TaskName("Abc") == "aBC");
        Assert.Equal(new TaskName("Abc").GetHashCode(), new TaskName("aBC").GetHashCode());
        Assert.Equal(string.Empty, default(TaskName).Name);
        Assert.True(new TaskVersion("V1") == "v1");
        Assert.Equal(TaskVersion.Unversioned, new TaskVersion(null));
    }

    [Fact]
    public void Failure_details_follow_the_inner_exceptions_and_the_original_type()
    {
        var details = TaskFailureDetails.FromException(new InvalidDataException("outer", new FormatException("p")));

        Assert.Equal(("System.IO.InvalidDataException", "outer"), (details.ErrorType, details.ErrorMessage));
        Assert.True(details.IsCausedBy<InvalidDataException>());
        Assert.True(details.IsCausedBy<SystemException>());
        Assert.False(details.IsCausedBy<ArgumentException>());
        Assert.True(details.InnerFailure!.IsCausedBy<FormatException>());
        Assert.Equal("System.IO.InvalidDataException: outer", details.ToString());
    }

    [Fact]
    public void A_type_that_cannot_be_loaded_is_no_cause() =>
        Assert.False(new TaskFailureDetails("No.Such.Type", "m", null, null, null).IsCausedBy<Exception>());

    [Fact]
    public void A_task_failure_has_the_documented_message()
    {
        var failure = new TaskFailedException("Work", 3, new InvalidDataException("bad"));

        Assert.Equal("Task 'Work' (#3) failed with an unhandled exception: bad", failure.Message);
        Assert.Equal("System.IO.InvalidDataException", failure.FailureDetails.ErrorType);
    }

    [Fact]
    public void Options_keep_what_they_are_made_from()
    {
        var policy = new RetryPolicy(3, TimeSpan.FromSeconds(1));
        var options = new TaskOptions(policy) { Version = "2" };
        var child = options.WithInstanceId("kid");
        var copy = new SubOrchestrationOptions(child, instanceId: null);

        Assert.Same(policy, child.Retry!.Policy);
        Assert.Equal(("kid", "2"), (copy.InstanceId, copy.Version!.Value.Version));
        Assert.Equal("2", ((TaskOptions)copy).Version!.Value.Version);
        Assert.NotNull(TaskOptions.FromRetryHandler(_ => true).Retry!.Handler);
    }

    [Fact]
    public void Dedupe_statuses_are_kept_by_name()
    {
        var options = new StartOrchestrationOptions("id").WithDedupeStatuses(OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Running);

        Assert.Equal(["Failed", "Running"], options.DedupeStatuses!);
        Assert.Equal("id", options.InstanceId);
    }

    [Fact]
    public async Task Classes_convert_their_input_and_refuse_another_type()
    {
        ITaskActivity activity = new Length();

        Assert.Equal((typeof(string), typeof(int)), (activity.InputType, activity.OutputType));
        Assert.Equal(3, await activity.RunAsync(new Context(), "abc"));
        await Assert.ThrowsAsync<ArgumentException>(() => activity.RunAsync(new Context(), 5));
    }

    [Fact]
    public void Json_includes_fields_and_turns_null_to_null()
    {
        var json = JsonDataConverter.Default;

        Assert.Null(json.Serialize(null));
        Assert.Null(json.Deserialize<string>(null));
        Assert.Equal(0, json.Deserialize<int>(null));
        Assert.Equal((1, "b"), json.Deserialize<(int, string)>(json.Serialize((1, "b"))));
    }

    [Theory]
    [InlineData("1.0", "1.0", 0)]
    [InlineData("1.2", "1.10", -1)]
    [InlineData("2.0", "1.10", 1)]
    [InlineData("", "1.0", -1)]
    [InlineData("b", "A", 1)]
    public async Task Versions_compare_as_versions_where_they_are(string own, string other, int expected)
    {
        await using var hub = await TestHub.StartAsync(new DurableTaskEngineOptions { DefaultVersion = own });
        hub.Orchestrator("Compare", context => Task.FromResult(Math.Sign(context.CompareVersionTo(other))));

        Assert.Equal(expected, (await hub.RunAsync("Compare")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task The_token_only_overloads_bind_as_in_the_real_client()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Orchestrator("End", context => Task.FromResult(context.GetInput<string>() ?? "none"));
        using var cancel = new CancellationTokenSource();

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("End", cancel.Token);
        await hub.Client.WaitForInstanceCompletionAsync(id, cancel.Token);
        var given = await hub.Client.ScheduleNewOrchestrationInstanceAsync("End", new StartOrchestrationOptions("given"));

        Assert.Equal("End", (await hub.Client.GetInstanceAsync(id, cancel.Token))!.Name);
        Assert.Equal("given", given);
        Assert.Equal("none", (await hub.EndAsync("given")).ReadOutputAs<string>());
    }

    [Fact]
    public void A_status_has_the_codes_of_grpc_and_no_equality_of_its_own()
    {
        Assert.Equal(Enumerable.Range(0, 17), Enum.GetValues<StatusCode>().Select(c => (int)c));
        Assert.Equal((6, 13, 16), ((int)StatusCode.AlreadyExists, (int)StatusCode.Internal, (int)StatusCode.Unauthenticated));
        Assert.DoesNotContain(typeof(Status).GetMethods(), m => m.Name is "op_Equality" or "op_Inequality");
        Assert.Equal("Status(StatusCode=\"OK\", Detail=\"\")", Status.DefaultSuccess.ToString());
        Assert.Equal(
            "Status(StatusCode=\"Internal\", Detail=\"d\", DebugException=\"System.IO.IOException: e\")",
            new Status(StatusCode.Internal, "d", new IOException("e")).ToString());
    }

    [Fact]
    public void Code_that_is_not_deterministic_is_no_invalid_operation()
    {
        var details = TaskFailureDetails.FromException(new NonDeterministicOrchestrationException("m"));

        Assert.True(details.IsCausedBy<OrchestrationException>());
        Assert.False(details.IsCausedBy<InvalidOperationException>());
    }

    private sealed class Length : TaskActivity<string, int>
    {
        public override Task<int> RunAsync(TaskActivityContext context, string input) => Task.FromResult(input.Length);
    }

    private sealed class Context : TaskActivityContext
    {
        public override TaskName Name => "Length";

        public override string InstanceId => "i";
    }
}
