using EventFunctions.Local.Cosmos;
using EventFunctions.Local.Functions.Tests.Support;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Newtonsoft.Json.Linq;

namespace EventFunctions.Local.Functions.Tests;

#pragma warning disable CA1001 // The test framework disposes by IAsyncLifetime.
public sealed class CosmosTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private CosmosEndpoint _endpoint = null!;
    private CosmosClient _client = null!;
    private Container _events = null!;

    public async Task InitializeAsync()
    {
        _endpoint = await CosmosEndpoint.StartAsync(
            new CosmosEndpointOptions(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        _client = new CosmosClient(
            _endpoint.ConnectionString, new CosmosClientOptions { ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true });
        Database database = await _client.CreateDatabaseIfNotExistsAsync("shop");
        await database.CreateContainerIfNotExistsAsync("leases", "/id");
        _events = await database.CreateContainerIfNotExistsAsync("events", "/stream");
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Every_change_reaches_the_function_once_from_the_beginning_of_the_feed()
    {
        await WriteAsync(0, 20);
        await using var app = await StartAsync(typeof(Reads));
        await WriteAsync(20, 20);

        await Eventually.HoldsAsync(() => app.Recorder.Of<Document>().Count >= 40, "all changes arrived");

        Assert.Equal(Enumerable.Range(0, 40), app.Recorder.Of<Document>().Select(d => d.Number).Order());
        Assert.All(app.Recorder.Of<int>(), size => Assert.InRange(size, 1, 5));
    }

    [Fact]
    public async Task A_batch_that_fails_is_tried_again_without_limit_and_none_is_lost()
    {
        await using var app = await StartAsync(typeof(Flaky));
        await WriteAsync(0, 3, stream: "one");

        await Eventually.HoldsAsync(() => app.Recorder.Of<Document>().Count >= 3, "all changes arrived");

        Assert.Equal([0, 1, 2], app.Recorder.Of<Document>().Select(d => d.Number).Order());
        Assert.Equal(["0/-1", "1/-1", "2/-1"], app.Recorder.Of<string>().Take(3));
    }

    [Fact]
    public async Task A_batch_that_fails_without_a_policy_is_lost_and_logged()
    {
        await using var app = await StartAsync(typeof(Careless));
        await WriteAsync(0, 1);
        await Eventually.HoldsAsync(
            () => app.Log.Lines.Any(line => line.Text.Contains("Careless failed after 1 tries", StringComparison.Ordinal)), "the batch failed");

        await WriteAsync(1, 1);
        await Eventually.HoldsAsync(() => app.Recorder.Of<string>().Count == 2, "the next batch arrived");

        Assert.Contains("\"number\":0", app.Recorder.Of<string>()[0], StringComparison.Ordinal);
        Assert.Contains("\"number\":1", app.Recorder.Of<string>()[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_lease_ends_the_retries_and_the_batch_is_taken_up_again_with_the_lease()
    {
        await using var app = await StartAsync(typeof(Stubborn));
        await WriteAsync(0, 1);
        await Eventually.HoldsAsync(() => app.Recorder.Of<int>().Contains(2), "the batch is tried again and again");

        await TakeLeasesAwayAsync();

        await Eventually.HoldsAsync(() => app.Recorder.Of<int>().Count(retry => retry == 0) > 1, "the batch has begun anew");
        Assert.All(app.Recorder.Of<string>(), batch => Assert.Contains("\"number\":0", batch, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trigger_without_a_retry_policy_is_warned_of()
    {
        await using var app = await StartAsync(typeof(Careless));

        Assert.Contains(app.Log.Lines, line => line.Level == LogLevel.Warning
            && line.Text.StartsWith("Function 'Careless' has no retry policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_that_starts_again_goes_on_where_the_last_one_stopped()
    {
        await using (var first = await StartAsync(typeof(Reads)))
        {
            await WriteAsync(0, 10);
            await Eventually.HoldsAsync(() => first.Recorder.Of<Document>().Count >= 10, "all changes arrived");
            await first.StopAsync();
        }

        await WriteAsync(10, 10);
        await using var second = await StartAsync(typeof(Reads));
        await Eventually.HoldsAsync(() => second.Recorder.Of<Document>().Count >= 10, "the changes since arrived");

        Assert.Equal(Enumerable.Range(10, 10), second.Recorder.Of<Document>().Select(d => d.Number).Order());
    }

    [Fact]
    public async Task A_missing_lease_container_is_an_error_that_names_it()
    {
        var failure = await Assert.ThrowsAsync<FunctionsStartupException>(() => StartAsync(typeof(Leaseless)));

        Assert.Contains("Function 'Leaseless'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'elsewhere'", failure.Message, StringComparison.Ordinal);
    }

    private async Task WriteAsync(int from, int count, string? stream = null)
    {
        for (var number = from; number < from + count; number++)
        {
            var key = stream ?? $"s{number % 7}";
            await _events.CreateItemAsync(new { id = $"{number}", stream = key, number }, new PartitionKey(key));
        }
    }

    private async Task TakeLeasesAwayAsync()
    {
        var leases = _client.GetContainer("shop", "leases");
        using var query = leases.GetItemQueryIterator<JObject>("SELECT * FROM c");
        while (query.HasMoreResults)
        {
            foreach (var lease in await query.ReadNextAsync())
            {
                if (lease["Owner"] is { Type: JTokenType.String })
                {
                    lease["Owner"] = "elsewhere";
                    await leases.UpsertItemAsync(lease);
                }
            }
        }
    }

    private Task<TestApp> StartAsync(Type function) => TestApp.StartAsync(new TestAppOptions
    {
        Functions = [function],
        Settings = new() { ["CosmosConnection"] = _endpoint.ConnectionString, ["CosmosDatabase"] = "shop" },
    });

    public sealed record Document(string Id, string Stream, int Number);

    public sealed class Reads(Recorder recorder)
    {
        [Function("Reads")]
        public void Run(
            [CosmosDBTrigger("%CosmosDatabase%", "events", Connection = "CosmosConnection", LeaseContainerPrefix = "reads",
                StartFromBeginning = true, FeedPollDelay = 50, LeaseAcquireInterval = 200, MaxItemsPerInvocation = 5)]
            IReadOnlyList<Document> changes)
        {
            recorder.Add(changes.Count);
            foreach (var change in changes)
            {
                recorder.Add(change);
            }
        }
    }

    public sealed class Flaky(Recorder recorder)
    {
        [Function("Flaky")]
        [FixedDelayRetry(-1, "00:00:00.050")]
        public void Run(
            [CosmosDBTrigger("%CosmosDatabase%", "events", Connection = "CosmosConnection", StartFromBeginning = true, FeedPollDelay = 50)]
            Document[] changes,
            FunctionContext context)
        {
            recorder.Add($"{context.RetryContext.RetryCount}/{context.RetryContext.MaxRetryCount}");
            if (recorder.Of<string>().Count < 3)
            {
                throw new InvalidOperationException("not yet");
            }

            foreach (var change in changes)
            {
                recorder.Add(change);
            }
        }
    }

    public sealed class Stubborn(Recorder recorder)
    {
        [Function("Stubborn")]
        [FixedDelayRetry(-1, "00:00:00.050")]
        public void Run(
            [CosmosDBTrigger("%CosmosDatabase%", "events", Connection = "CosmosConnection", StartFromBeginning = true, FeedPollDelay = 50,
                LeaseRenewInterval = 200, LeaseAcquireInterval = 200, LeaseExpirationInterval = 1000)]
            string changes,
            FunctionContext context)
        {
            recorder.Add(context.RetryContext.RetryCount);
            recorder.Add(changes);
            throw new InvalidOperationException("never");
        }
    }

    public sealed class Careless(Recorder recorder)
    {
        [Function("Careless")]
        public void Run(
            [CosmosDBTrigger("%CosmosDatabase%", "events", Connection = "CosmosConnection", StartFromBeginning = true, FeedPollDelay = 50)]
            string changes)
        {
            recorder.Add(changes);
            if (recorder.Of<string>().Count == 1)
            {
                throw new InvalidOperationException("dropped");
            }
        }
    }

    public sealed class Leaseless
    {
        [Function("Leaseless")]
        public void Run(
            [CosmosDBTrigger("%CosmosDatabase%", "events", Connection = "CosmosConnection", LeaseContainerName = "elsewhere")] string changes) =>
            _ = changes;
    }
}
