using System.Globalization;

namespace EventFunctions.Local.DurableTask.Tests.Conformance;

/// <summary>
/// What inputs and results come through (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-serialization-and-persistence;
/// tuples by https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings, "Passing multiple parameters").
/// </summary>
public sealed class PayloadConformance
{
    private enum Colour
    {
        Red,
        Green,
    }

    [Fact]
    public async Task Records_with_lists_and_enumerations_come_through()
    {
        var basket = new Basket("b-1", [new("tea", 2, Colour.Green), new("jam", 1, Colour.Red)], null);

        var result = await ThroughAsync(basket);

        Assert.Equal((basket.Id, null), (result.Id, result.Note));
        Assert.Equal(basket.Lines, result.Lines);
    }

    [Theory]
    [InlineData("79228162514264337593543950335")]
    [InlineData("0.10")]
    [InlineData("-1.0000000000000000000000000001")]
    public async Task Decimals_keep_every_digit(string digits)
    {
        var result = await ThroughAsync(decimal.Parse(digits, CultureInfo.InvariantCulture));

        Assert.Equal(digits, result.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_moment_keeps_its_offset()
    {
        var moment = new DateTimeOffset(2026, 3, 29, 1, 59, 59, 999, TimeSpan.FromHours(-3.5));

        Assert.True(moment.EqualsExact(await ThroughAsync(moment)));
    }

    [Fact]
    public async Task Dictionaries_come_through()
    {
        var counts = new Dictionary<string, int?>(StringComparer.Ordinal) { ["tea"] = 2, ["TEA"] = 3, ["none"] = null };

        Assert.Equal(counts, await ThroughAsync(counts));
    }

    [Fact]
    public async Task Bytes_come_through()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(n => (byte)n)];

        Assert.Equal(bytes, await ThroughAsync(bytes));
    }

    [Fact]
    public async Task Several_values_come_through_as_a_tuple()
    {
        var values = (Name: "tea", Count: 2, IsSold: true);

        Assert.Equal(values, await ThroughAsync(values));
    }

    [Fact]
    public async Task A_derived_record_is_read_as_the_type_that_is_declared()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<Animal, string>("Describe", animal => $"{animal!.GetType().Name} {animal.Name}")
            .Orchestrator("O", context => context.CallActivityAsync<string>("Describe", new Dog("Rex", 4))));

        Assert.Equal("Animal Rex", (await hub.RunAsync("O")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_input_is_what_it_was_when_the_call_was_made()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<List<int>, int>("Sum", numbers => numbers!.Sum())
            .Orchestrator("O", async context =>
            {
                List<int> numbers = [1, 2];
                var sum = context.CallActivityAsync<int>("Sum", numbers);
                numbers.Add(3);
                return await sum;
            }));

        Assert.Equal(3, (await hub.RunAsync("O")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task The_input_can_be_read_as_often_as_it_is_asked_for()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, int>("Work", n => n)
            .Orchestrator("O", async context =>
            {
                var before = context.GetInput<Line>();
                await context.CallActivityAsync<int>("Work", 1);
                return before == context.GetInput<Line>() && before == new Line("tea", 2, Colour.Green);
            }));

        Assert.True((await hub.RunAsync("O", new Line("tea", 2, Colour.Green))).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task Null_as_the_result_of_an_activity_and_of_a_child_is_null()
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<int, string?>("Nothing", _ => (string?)null)
            .Orchestrator("Child", _ => Task.FromResult<string?>(null))
            .Orchestrator("O", async context =>
                await context.CallActivityAsync<string?>("Nothing", 1) is null
                && await context.CallActivityAsync<int?>("Nothing", 1) is null
                && await context.CallSubOrchestratorAsync<string?>("Child") is null
                && await context.CallSubOrchestratorAsync<int?>("Child") is null));

        Assert.True((await hub.RunAsync("O")).ReadOutputAs<bool>());
    }

    /// <summary>What is left of a value as the input and the result of an orchestrator, a child and an activity.</summary>
    private static async Task<T> ThroughAsync<T>(T value)
    {
        await using var hub = await ConformanceHub.StartAsync(tasks => tasks
            .Activity<T, T>("Activity", input => input!)
            .Orchestrator("Child", context => context.CallActivityAsync<T>("Activity", context.GetInput<T>()))
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<T>("Child", context.GetInput<T>())));

        return (await hub.RunAsync("Parent", value)).ReadOutputAs<T>()!;
    }

    private sealed record Basket(string Id, IReadOnlyList<Line> Lines, string? Note);

    private sealed record Line(string Sku, int Count, Colour Colour);

    private record Animal(string Name);

    private sealed record Dog(string Name, int Legs) : Animal(Name);
}
