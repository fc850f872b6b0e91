using EventFunctions.Local.Functions.Tests.Support;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventFunctions.Local.Functions.Tests;

/// <summary>
/// Orchestrators and activities that are classes (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-dotnet-isolated-overview,
/// "Source generator and class-based activities and orchestrations").
/// </summary>
public sealed class DurableClassTests
{
    [Fact]
    public async Task A_class_runs_under_its_own_name_or_the_one_it_is_given()
    {
        await using var app = await TestApp.StartAsync(typeof(Total), typeof(Price), typeof(Count));
        var client = app.Services.GetRequiredService<DurableTaskClient>();

        var id = await client.ScheduleNewOrchestrationInstanceAsync("total", new Basket(["cup", "teapot"]));
        var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(9 + 2, ended.ReadOutputAs<int>());
        Assert.Equal([$"price of cup for {id}", $"price of teapot for {id}"], app.Recorder.Of<string>().Order());
    }

    [Fact]
    public async Task A_missing_input_is_the_types_default()
    {
        await using var app = await TestApp.StartAsync(typeof(Total), typeof(Price), typeof(Count));
        var client = app.Services.GetRequiredService<DurableTaskClient>();

        var id = await client.ScheduleNewOrchestrationInstanceAsync("Total");
        var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(0, ended.ReadOutputAs<int>());
    }

    [Fact]
    public async Task The_pipeline_sees_a_class_as_a_function()
    {
        await using var app = await TestApp.StartAsync(new TestAppOptions
        {
            Functions = [typeof(Total), typeof(Price), typeof(Count)],
            Compose = builder =>
            {
                builder.ConfigureFunctionsWebApplication();
                builder.UseMiddleware((context, next) =>
                {
                    var trigger = context.FunctionDefinition.InputBindings.Values.Single().Type;
                    context.InstanceServices.GetRequiredService<Recorder>().Add((trigger, context.FunctionDefinition.Name));
                    return next();
                });
            },
        });
        var client = app.Services.GetRequiredService<DurableTaskClient>();

        var id = await client.ScheduleNewOrchestrationInstanceAsync("Total", new Basket(["cup"]));
        await client.WaitForInstanceCompletionAsync(id).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Contains(("orchestrationTrigger", "Total"), app.Recorder.Of<(string, string)>());
        Assert.Contains(("activityTrigger", "PriceOf"), app.Recorder.Of<(string, string)>());
    }

    [Theory]
    [InlineData(typeof(Hidden), "Hidden")]
    [InlineData(typeof(Abstract), "Abstract")]
    [InlineData(typeof(Neither), "TaskOrchestrator<TInput, TOutput>")]
    [InlineData(typeof(Versioned), "version '2.0'")]
    public void A_class_that_can_t_run_is_refused_with_the_remedy(Type type, string named)
    {
        var refused = Assert.Throws<FunctionsStartupException>(() => TestApp.Create(new TestAppOptions { Functions = [typeof(Total), type] }));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    public sealed record Basket(string[] Products);

    [DurableTask]
    public sealed class Total : TaskOrchestrator<Basket?, int>
    {
        public override async Task<int> RunAsync(TaskOrchestrationContext context, Basket? input)
        {
            var prices = await Task.WhenAll((input?.Products ?? []).Select(product => context.CallActivityAsync<int>("PriceOf", product)));
            return prices.Sum() + await context.CallActivityAsync<int>(nameof(Count), prices.Length);
        }
    }

    [DurableTask("PriceOf")]
    public sealed class Price(Recorder recorder) : TaskActivity<string, int>
    {
        public override Task<int> RunAsync(TaskActivityContext context, string input)
        {
            Assert.Equal("PriceOf", context.Name.Name);
            recorder.Add($"price of {input} for {context.InstanceId}");
            return Task.FromResult(input.Length);
        }
    }

    [DurableTask]
    public sealed class Count : TaskActivity<int, int>
    {
        public override Task<int> RunAsync(TaskActivityContext context, int input) => Task.FromResult(input);
    }

    [DurableTask]
    public abstract class Abstract : TaskActivity<int, int>;

    [DurableTask]
    public sealed class Neither;

    [DurableTask(Version = "2.0")]
    public sealed class Versioned : TaskActivity<int, int>
    {
        public override Task<int> RunAsync(TaskActivityContext context, int input) => Task.FromResult(input);
    }

    [DurableTask]
    private sealed class Hidden : TaskActivity<int, int>
    {
        public override Task<int> RunAsync(TaskActivityContext context, int input) => Task.FromResult(input);
    }
}
