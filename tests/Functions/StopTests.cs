using System.Net;
using Azure.Messaging.ServiceBus;
using EventFunctions.Local.Functions.Tests.Support;
using EventFunctions.Local.ServiceBus;
using EventFunctions.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;

namespace EventFunctions.Local.Functions.Tests;

public sealed class StopTests
{
    private static readonly MessagingTopology Topology = MessagingTopology.Parse(
        """{ "topics": [ { "name": "events", "subscriptions": [ { "name": "plain", "maxDeliveryCount": 5 } ] } ], "queues": [] }""");

    [Fact]
    public async Task A_stop_waits_for_messages_and_requests_in_flight_and_loses_no_message()
    {
        await using var broker = new ServiceBusBroker(Topology, TimeProvider.System);
        await using var client = broker.CreateClient();
        await using var app = await StartAsync(client, TimeSpan.FromMinutes(5));
        await SendAsync(client, "first");
        await Eventually.HoldsAsync(() => app.Recorder.Entries.Contains("first in"), "the message is in flight");
        var request = app.Http.GetAsync("api/gated");
        await Eventually.HoldsAsync(() => app.Recorder.Entries.Contains("request in"), "the request is in flight");

        var stop = app.StopAsync();
        await SendAsync(client, "second");
        Assert.False(stop.IsCompleted);
        Gate(app).SetResult();
        await stop.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(HttpStatusCode.OK, (await request).StatusCode);
        Assert.Equal(1, app.Recorder.Entries.Count(entry => entry is "first out"));
        // The second message came while the stop was under way: it was processed or left, but not both and not neither.
        var processed = app.Recorder.Of<string>().Count(entry => entry.EndsWith("out", StringComparison.Ordinal));
        Assert.Equal(2, processed + broker.GetCounts("events", "plain").Total);
        await SendAsync(client, "third");
        Assert.Equal(3, processed + broker.GetCounts("events", "plain").Total);
        Assert.DoesNotContain("third in", app.Recorder.Entries);
        await Assert.ThrowsAsync<HttpRequestException>(() => app.Http.GetAsync("api/gated"));
    }

    [Fact]
    public async Task What_outlives_the_deadline_is_cancelled_and_its_message_handed_back()
    {
        await using var broker = new ServiceBusBroker(Topology, TimeProvider.System);
        await using var client = broker.CreateClient();
        await using var app = await StartAsync(client, TimeSpan.Zero);
        await SendAsync(client, "first");
        await Eventually.HoldsAsync(() => app.Recorder.Entries.Contains("first in"), "the message is in flight");

        await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.DoesNotContain("first out", app.Recorder.Entries);
        await using var receiver = client.CreateReceiver("events", "plain");
        var again = await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(("first", 2), (again.MessageId, again.DeliveryCount));
    }

    [Fact]
    public async Task A_second_stop_can_hurry_the_first()
    {
        await using var broker = new ServiceBusBroker(Topology, TimeProvider.System);
        await using var client = broker.CreateClient();
        await using var app = await StartAsync(client, TimeSpan.FromHours(1));
        await SendAsync(client, "first");
        await Eventually.HoldsAsync(() => app.Recorder.Entries.Contains("first in"), "the message is in flight");
        var patient = app.StopAsync();

        await app.StopAsync(new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromSeconds(60));

        await patient;
        Assert.DoesNotContain("first out", app.Recorder.Entries);
        Assert.Equal(1, broker.GetCounts("events", "plain").Active);
    }

    [Fact]
    public async Task A_stop_can_be_asked_for_twice_and_before_any_start()
    {
        await using var broker = new ServiceBusBroker(Topology, TimeProvider.System);
        await using var client = broker.CreateClient();
        await using (var app = await StartAsync(client, TimeSpan.FromSeconds(30)))
        {
            await Task.WhenAll(app.StopAsync(), app.StopAsync());
        }

        await using var never = TestApp.Create(Options(client, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_stop_is_no_failure_of_the_activities_it_cancels()
    {
        await using var broker = new ServiceBusBroker(Topology, TimeProvider.System);
        await using var client = broker.CreateClient();
        await using var app = await StartAsync(client, TimeSpan.Zero, typeof(Hanging));
        var durable = app.Services.GetRequiredService<DurableTaskClient>();
        var id = await durable.ScheduleNewOrchestrationInstanceAsync("Patient");
        await SendAsync(client, "deaf"); // it holds up the stop, so that the engine runs on after the deadline
        await Eventually.HoldsAsync(() => app.Recorder.Entries.Count == 3, "the activity and the message are in flight");

        await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(60));

        var instance = await durable.GetInstanceAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Running, instance!.RuntimeStatus);
        Assert.DoesNotContain(app.Log.Lines, line => line.Text.StartsWith("Activity Hang", StringComparison.Ordinal));
        Assert.Contains("cancelled", app.Recorder.Entries);
        Gate(app).SetResult();
    }

    [Fact]
    public async Task What_work_throws_after_it_was_left_behind_is_logged_and_not_unobserved()
    {
        var unobserved = 0;
        EventHandler<UnobservedTaskExceptionEventArgs> count = (_, args) =>
        {
            if (args.Exception.InnerException?.Message == "left behind")
            {
                Interlocked.Increment(ref unobserved);
            }
        };
        TaskScheduler.UnobservedTaskException += count;
        await using var broker = new ServiceBusBroker(Topology, TimeProvider.System);
        await using var client = broker.CreateClient();
        await using var app = await StartAsync(client, TimeSpan.Zero);
        await SendAsync(client, "deaf");
        await Eventually.HoldsAsync(() => app.Recorder.Entries.Contains("deaf in"), "the message is in flight");

        await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Gate(app).SetException(new InvalidOperationException("left behind"));
        _ = Gate(app).Task.Exception;
        await Eventually.HoldsAsync(
            () => app.Log.Lines.Any(line => line.Level == LogLevel.Error && line.Text.Contains("left behind", StringComparison.Ordinal)),
            "the failure is logged");

        for (var i = 0; i < 5; i++)
        {
            await Task.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        TaskScheduler.UnobservedTaskException -= count;
        Assert.Equal(0, unobserved);
        Assert.Equal(1, broker.GetCounts("events", "plain").Active);
    }

    [Fact]
    public async Task A_stop_during_the_start_leaves_nothing_running()
    {
        await using var broker = new ServiceBusBroker(Topology, TimeProvider.System);
        await using var client = broker.CreateClient();
        var probing = new TaskCompletionSource();
        var probed = new TaskCompletionSource<ServiceBusReceivedMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var receiver = new Mock<ServiceBusReceiver>();
        receiver.Setup(r => r.PeekMessageAsync(It.IsAny<long?>(), It.IsAny<CancellationToken>()))
            .Callback(probing.SetResult).Returns(probed.Task);
        var slow = new Mock<ServiceBusClient>();
        slow.Setup(c => c.CreateReceiver("events", "plain")).Returns(receiver.Object);
        slow.Setup(c => c.CreateProcessor("events", "plain", It.IsAny<ServiceBusProcessorOptions>()))
            .Returns((string topic, string subscription, ServiceBusProcessorOptions options) => client.CreateProcessor(topic, subscription, options));
        await using var app = TestApp.Create(Options(slow.Object, TimeSpan.FromMinutes(5)));
        var start = app.StartAsync();
        await probing.Task.WaitAsync(TimeSpan.FromSeconds(60));

        var stop = app.StopAsync();
        Assert.False(stop.IsCompleted);
        probed.SetResult(null!);
        await stop.WaitAsync(TimeSpan.FromSeconds(60));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        await SendAsync(client, "late");
        Assert.Equal(1, broker.GetCounts("events", "plain").Active);
        Assert.Empty(app.Recorder.Entries);
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());
    }

    [Fact]
    public async Task Code_registered_with_a_token_that_throws_does_not_hold_up_the_stop()
    {
        await using var broker = new ServiceBusBroker(Topology, TimeProvider.System);
        await using var client = broker.CreateClient();
        await using var app = await StartAsync(client, TimeSpan.Zero, typeof(Throwing));
        var durable = app.Services.GetRequiredService<DurableTaskClient>();
        await durable.ScheduleNewOrchestrationInstanceAsync("Throwing");
        await SendAsync(client, "deaf");
        var request = app.Http.GetAsync("api/throwing");
        await Eventually.HoldsAsync(() => app.Recorder.Entries.Count == 4, "the activity, the message and the request are in flight");

        await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(60));

        await Assert.ThrowsAsync<HttpRequestException>(() => request);
        Assert.Equal(2, app.Log.Lines.Count(line => line.Level == LogLevel.Error && line.Text.Contains("no way", StringComparison.Ordinal)));
        Gate(app).SetResult();
    }

    private static TaskCompletionSource Gate(TestApp app) => app.Recorder.Of<TaskCompletionSource>()[0];

    private static async Task SendAsync(ServiceBusClient client, string id)
    {
        await using var sender = client.CreateSender("events");
        await sender.SendMessageAsync(new ServiceBusMessage(id) { MessageId = id });
    }

    private static async Task<TestApp> StartAsync(ServiceBusClient client, TimeSpan drainTimeout, params Type[] others)
    {
        var options = Options(client, drainTimeout);
        var app = TestApp.Create(options with { Functions = [.. options.Functions, .. others] });
        app.Recorder.Add(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await app.StartAsync();
        return app;
    }

    private static TestAppOptions Options(ServiceBusClient client, TimeSpan drainTimeout) => new()
    {
        Functions = [typeof(Gated)],
        ServiceBusClient = client,
        Settings = new() { ["Bus"] = "local" },
        DrainTimeout = drainTimeout,
    };

    public sealed class Gated(Recorder recorder)
    {
        [Function("GatedMessage")]
        public async Task OnMessage(
            [ServiceBusTrigger("events", "plain", Connection = "Bus")] ServiceBusReceivedMessage message, CancellationToken cancellationToken)
        {
            recorder.Add($"{message.MessageId} in");
            await recorder.Of<TaskCompletionSource>()[0].Task.WaitAsync(message.MessageId == "deaf" ? CancellationToken.None : cancellationToken);
            recorder.Add($"{message.MessageId} out");
        }

        [Function("GatedRequest")]
        public async Task<IActionResult> OnRequest(
            [HttpTrigger("get", Route = "gated")] HttpRequest request, CancellationToken cancellationToken)
        {
            recorder.Add("request in");
            await recorder.Of<TaskCompletionSource>()[0].Task.WaitAsync(cancellationToken);
            return new OkResult();
        }
    }

    public sealed class Hanging(Recorder recorder)
    {
        [Function("Patient")]
        public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync("Hang");

        [Function("Hang")]
        public async Task Hang([ActivityTrigger] string? input, CancellationToken cancellationToken)
        {
            recorder.Add("hangs");
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                recorder.Add("cancelled");
                throw;
            }
        }
    }

    public sealed class Throwing(Recorder recorder)
    {
        [Function("Throwing")]
        public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync("ThrowingActivity");

        [Function("ThrowingActivity")]
        public Task OnActivity([ActivityTrigger] string? input, CancellationToken cancellationToken) => HoldAsync(cancellationToken);

        [Function("ThrowingRequest")]
        public Task OnRequest([HttpTrigger("get", Route = "throwing")] HttpRequest request, CancellationToken cancellationToken) =>
            HoldAsync(cancellationToken);

        private async Task HoldAsync(CancellationToken cancellationToken)
        {
            recorder.Add("holds");
            await using var registered = cancellationToken.Register(() => throw new InvalidOperationException("no way"));
            await recorder.Of<TaskCompletionSource>()[0].Task;
        }
    }
}
