using System.CommandLine;
using EventFunctions.Benchmarks;
using EventFunctions.Benchmarks.Amqp;
using EventFunctions.Benchmarks.Appending;
using EventFunctions.Benchmarks.Endpoint;
using EventFunctions.Benchmarks.Events;
using EventFunctions.Benchmarks.Journals;
using EventFunctions.Benchmarks.Messaging;
using EventFunctions.Benchmarks.Orchestrations;
using EventFunctions.Benchmarks.Orders;
using EventFunctions.Benchmarks.Rebuilding;
using EventFunctions.Benchmarks.Reporting;
using EventFunctions.Benchmarks.Streams;

IBenchmark[] all =
[
    new AppendRatio(), new EventEdge(), new StreamLoad(), new AppendGrowth(), new RebuildRatio(), new SagaThroughput(), new ViewLatency(), new FlowComparison(),
    new JournalThroughput(), new EndpointThroughput(), new EndpointRecovery(), new EndpointCosts(), new AmqpThroughput(),
    new BrokerThroughput(), new BrokerBacklog(),
    new OrchestrationThroughput(), new OrchestrationMemory(), new OrchestrationRecovery(), new ReplayCost(),
];

var names = new Argument<string[]>("benchmark")
{
    Description = $"Which to run; all if none is named.{string.Concat(all.Select(b => $"{Environment.NewLine}{b.Name}: {b.Description}"))}",
    Arity = ArgumentArity.ZeroOrMore,
};
names.AcceptOnlyFromAmong([.. all.Select(benchmark => benchmark.Name)]);
var json = new Option<bool>("--json") { Description = "Prints JSON instead of a table." };
var scale = new Option<double>("--scale") { Description = "The number of samples, as a share of the usual number.", DefaultValueFactory = _ => 1 };

var root = new RootCommand("Measures EventFunctions on this machine. Use -c Release.") { names, json, scale };
root.SetAction(async (parsed, cancellationToken) =>
{
    var wanted = parsed.GetValue(names) is { Length: > 0 } named ? named : [.. all.Select(benchmark => benchmark.Name)];
    var figures = new List<Figure>();
    foreach (var benchmark in all.Where(benchmark => wanted.Contains(benchmark.Name)))
    {
        await Console.Error.WriteLineAsync($"{benchmark.Name}: {benchmark.Description}");
        figures.AddRange(await benchmark.RunAsync(parsed.GetValue(scale), cancellationToken));
    }

    if (parsed.GetValue(json))
    {
        Report.PrintJson(Console.Out, Machine.Current, figures);
    }
    else
    {
        Report.PrintTable(Console.Out, Machine.Current, figures);
    }
});
return await root.Parse(args).InvokeAsync();
