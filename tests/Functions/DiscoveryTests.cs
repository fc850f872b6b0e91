using EventFunctions.Local.Functions.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EventFunctions.Local.Functions.Tests;

public sealed class DiscoveryTests
{
    [Theory]
    [InlineData(typeof(NoTrigger), "Function 'Bare': it has no trigger. Put a trigger attribute on one parameter.")]
    [InlineData(typeof(TwoTriggers), "Function 'Both': it has 2 triggers (request, timer). Keep one.")]
    [InlineData(typeof(Hidden), "Function 'Hidden': its method Hidden.Run is not public. Make it so.")]
    [InlineData(typeof(HiddenClass), "Function 'HiddenClass': its class HiddenClass is not public. Make it so.")]
    [InlineData(typeof(Vanishing), "Function 'Vanishing': it is async void, so its end can't be seen. Return a Task.")]
    [InlineData(typeof(BadParameter), "Function 'Bad': parameter 'context' of type Microsoft.AspNetCore.Http.HttpContext can't be bound. "
        + "Take HttpRequest or HttpRequestData by the trigger")]
    [InlineData(typeof(BadSchedule), "Function 'Never': 'every day' is not a schedule.")]
    [InlineData(typeof(RetriedHttp), "Function 'Retried': FixedDelayRetryAttribute has no effect on a httpTrigger. Remove it")]
    [InlineData(typeof(TwoResponses), "Function 'Two': its result has 2 HTTP responses (First, Second). Keep one.")]
    [InlineData(typeof(Sessionless), "Function 'Sessionless': parameter 'actions' of type "
        + "Microsoft.Azure.Functions.Worker.ServiceBusSessionMessageActions can't be bound.")]
    [InlineData(typeof(BatchOfOne), "Function 'Batch': parameter 'message' of type System.String can't be bound. "
        + "Take ServiceBusReceivedMessage[], string[]")]
    [InlineData(typeof(WrongOrchestrator), "Function 'Wrong': parameter 'second' of type System.Int32 can't be bound.")]
    [InlineData(typeof(EveryVersion), "Function 'Feed': the change feed of all versions and deletes is not supported locally.")]
    [InlineData(typeof(OddName), "Function 'Place order': its name is not one the platform takes.")]
    [InlineData(typeof(ReservedName), "Function 'host': its name is not one the platform takes.")]
    [InlineData(typeof(BrokenRoute), "Function 'Broken': route 'api/orders/{id' is not a route template: ")]
    [InlineData(typeof(UnknownConstraint), "Function 'Unknown': route 'api/orders/{id:integer}' has a constraint that can't be used: ")]
    [InlineData(typeof(BadConstraint), "Function 'Length': route 'api/orders/{id:length(few)}' has a constraint that can't be used: ")]
    public void A_function_that_can_not_run_is_named_with_the_remedy(Type functions, string expected)
    {
        var failure = Assert.Throws<FunctionsStartupException>(() => Create(functions));

        Assert.Contains(failure.Problems, problem => problem.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_problem_is_reported_at_once()
    {
        var failure = Assert.Throws<FunctionsStartupException>(() => Create(typeof(NoTrigger), typeof(TwoTriggers), typeof(BadSchedule)));

        Assert.Equal(3, failure.Problems.Count);
        Assert.All(failure.Problems, problem => Assert.Contains(problem, failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_functions_of_one_name_are_refused()
    {
        var failure = Assert.Throws<FunctionsStartupException>(() => Create(typeof(Good), typeof(SameName)));

        Assert.Contains("there are 2 of this name", Assert.Single(failure.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(SameRoute))]
    [InlineData(typeof(SameShape))]
    public void Two_functions_on_one_route_and_method_are_refused(Type other)
    {
        var failure = Assert.Throws<FunctionsStartupException>(() => Create(typeof(Good), other));

        Assert.Contains("it has the route and a method of 'Good'", Assert.Single(failure.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_orchestrators_of_one_name_are_refused()
    {
        var failure = Assert.Throws<FunctionsStartupException>(() => Create(typeof(SameOrchestration)));

        Assert.Contains("the orchestrator name 'Saga' is taken", Assert.Single(failure.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_without_functions_is_refused() =>
        Assert.Contains("TestApp has no functions", Assert.Throws<FunctionsStartupException>(() => Create()).Message, StringComparison.Ordinal);

    [Fact]
    public void An_http_function_needs_the_web_application()
    {
        var failure = Assert.Throws<FunctionsStartupException>(
            () => TestApp.Create(new TestAppOptions { Functions = [typeof(Good)], Compose = _ => { } }));

        Assert.Contains("ConfigureFunctionsWebApplication", failure.Message, StringComparison.Ordinal);
    }

    private static void Create(params Type[] functions) => TestApp.Create(new TestAppOptions
    {
        Functions = functions,
        Settings = new() { ["AzureWebJobsServiceBus"] = "local", ["CosmosDB"] = "AccountEndpoint=http://127.0.0.1:1/;AccountKey=AAAA;" },
    });

    public sealed class NoTrigger
    {
        [Function("Bare")]
        public IActionResult Run(HttpRequest request) => new OkResult();
    }

    public sealed class TwoTriggers
    {
        [Function("Both")]
        public void Run([HttpTrigger] HttpRequest request, [TimerTrigger("0 0 * * * *")] TimerInfo timer) => _ = (request, timer);
    }

    public sealed class Hidden
    {
        [Function("Hidden")]
        internal IActionResult Run([HttpTrigger] HttpRequest request) => new OkResult();
    }

    internal sealed class HiddenClass
    {
        [Function("HiddenClass")]
        public IActionResult Run([HttpTrigger] HttpRequest request) => new OkResult();
    }

    public sealed class Vanishing
    {
        [Function("Vanishing")]
#pragma warning disable MA0155 // This is what the test is about.
        public async void Run([HttpTrigger] HttpRequest request) => await Task.Yield();
#pragma warning restore MA0155
    }

    public sealed class BadParameter
    {
        [Function("Bad")]
        public IActionResult Run([HttpTrigger] HttpContext context) => new OkResult();
    }

    public sealed class BadSchedule
    {
        [Function("Never")]
        public void Run([TimerTrigger("every day")] TimerInfo timer) => _ = timer;
    }

    public sealed class RetriedHttp
    {
        [Function("Retried")]
        [FixedDelayRetry(3, "00:00:01")]
        public IActionResult Run([HttpTrigger] HttpRequest request) => new OkResult();
    }

    public sealed class TwoResponses
    {
        [HttpResult]
        public IActionResult? First { get; init; }

        [HttpResult]
        public IActionResult? Second { get; init; }

        [Function("Two")]
        public static TwoResponses Run([HttpTrigger] HttpRequest request) => new();
    }

    public sealed class OddName
    {
        [Function("Place order")]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;
    }

    public sealed class ReservedName
    {
        [Function("host")]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;
    }

    public sealed class Sessionless
    {
        [Function("Sessionless")]
        public void Run([ServiceBusTrigger("t", "s")] string message, ServiceBusSessionMessageActions actions) => _ = (message, actions);
    }

    public sealed class BatchOfOne
    {
        [Function("Batch")]
        public void Run([ServiceBusTrigger("t", "s", IsBatched = true)] string message) => _ = message;
    }

    public sealed class WrongOrchestrator
    {
        [Function("Wrong")]
        public Task Run([OrchestrationTrigger] TaskOrchestrationContext context, string first, int second) => Task.CompletedTask;
    }

    public sealed class EveryVersion
    {
        [Function("Feed")]
        public void Run([CosmosDBTrigger("d", "c", ChangeFeedMode = CosmosDBChangeFeedMode.AllVersionsAndDeletes)] string changes) =>
            _ = changes;
    }

    public sealed class Good
    {
        [Function("Good")]
        public IActionResult Run([HttpTrigger("get", "post", Route = "good/{id}")] HttpRequest request) => new OkResult();
    }

    public sealed class SameName
    {
        [Function("good")]
        public IActionResult Run([HttpTrigger("get", Route = "elsewhere")] HttpRequest request) => new OkResult();
    }

    public sealed class SameRoute
    {
        [Function("Other")]
        public IActionResult Run([HttpTrigger("post", Route = "/Good/{id}")] HttpRequest request) => new OkResult();
    }

    public sealed class SameShape
    {
        [Function("Other")]
        public IActionResult Run([HttpTrigger("post", Route = "good/{key}")] HttpRequest request) => new OkResult();
    }

    public sealed class SameOrchestration
    {
        [Function("First")]
        public Task First([OrchestrationTrigger(Orchestration = "Saga")] TaskOrchestrationContext context) => Task.CompletedTask;

        [Function("saga")]
        public Task Second([OrchestrationTrigger] TaskOrchestrationContext context) => Task.CompletedTask;
    }

    public sealed class BrokenRoute
    {
        [Function("Broken")]
        public IActionResult Run([HttpTrigger("get", Route = "orders/{id")] HttpRequest request) => new OkResult();
    }

    public sealed class UnknownConstraint
    {
        [Function("Unknown")]
        public IActionResult Run([HttpTrigger("get", Route = "orders/{id:integer}")] HttpRequest request) => new OkResult();
    }

    public sealed class BadConstraint
    {
        [Function("Length")]
        public IActionResult Run([HttpTrigger("get", Route = "orders/{id:length(few)}")] HttpRequest request) => new OkResult();
    }
}
