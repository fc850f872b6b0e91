using System.Net;
using EventFunctions.EventSourcing.Cosmos.Tests.Fixture;
using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.Local.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Cosmos.Tests;

[Collection(nameof(CosmosCollection))]
public sealed class UnavailableStoreTests
{
    private readonly FailingRequests _failures = new();
    private readonly CosmosFixture _cosmos;
    private readonly CosmosEventStore _store;
    private readonly CosmosViewStore _views;
    private readonly StreamName _stream = NewStream();

    public UnavailableStoreTests(CosmosFixture cosmos)
    {
        _cosmos = cosmos;
        var client = cosmos.Client(_failures);
        _store = cosmos.EventStore(client);
        _views = cosmos.ViewStore(client);
    }

    public static TheoryData<HttpStatusCode> Transient =>
        [HttpStatusCode.RequestTimeout, HttpStatusCode.Gone, HttpStatusCode.TooManyRequests, HttpStatusCode.InternalServerError, HttpStatusCode.ServiceUnavailable];

    [Theory]
    [MemberData(nameof(Transient))]
    public async Task A_store_that_refuses_for_now_is_unavailable(HttpStatusCode status)
    {
        _failures.Before = request => FailingRequests.Answer(request, status, TimeSpan.FromMilliseconds(1500));

        var exceptions = new List<StoreUnavailableException>();
        foreach (var call in EveryCall())
        {
            exceptions.Add(await Assert.ThrowsAsync<StoreUnavailableException>(call));
        }

        Assert.All(exceptions, e => Assert.Contains($"answered {(int)status}", e.Message, StringComparison.Ordinal));

        // The SDK's query pipeline keeps no header of an answer that a handler made up, so queries cannot tell here.
        Assert.Equal(5, exceptions.Count(e => e.RetryAfter == TimeSpan.FromMilliseconds(1500)));
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_unavailable()
    {
        _failures.Before = _ => throw new HttpRequestException("Connection refused");

        foreach (var call in EveryCall())
        {
            var exception = await Assert.ThrowsAsync<StoreUnavailableException>(call);
            Assert.IsType<HttpRequestException>(exception.InnerException);
            Assert.Null(exception.RetryAfter);
        }
    }

    [Fact]
    public async Task A_store_that_does_not_answer_in_time_is_unavailable()
    {
        _failures.Before = _ => throw new OperationCanceledException("the client's own limit");

        foreach (var call in EveryCall())
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(call);
        }
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task A_call_that_is_wrong_is_not_hidden_behind_unavailability(HttpStatusCode status)
    {
        _failures.Before = request => FailingRequests.Answer(request, status);

        foreach (var call in EveryCall())
        {
            Assert.Equal(status, (await Assert.ThrowsAsync<CosmosException>(call)).StatusCode);
        }
    }

    [Fact]
    public async Task A_missing_container_is_named()
    {
        var container = _cosmos.Client().GetContainer(CosmosFixture.Database, "nowhere");
        var store = new CosmosEventStore(container, Serializer);

        Func<Task>[] calls =
        [
            () => store.LoadHeadAsync(_stream),
            () => store.AppendAsync(new StreamAppend(_stream, StreamHead.Absent, [Envelope(_stream, 1, new WalletEvent.Added(1))], null, [])),
            () => store.EventsAsync(_stream),
            () => new CosmosViewStore(container).FindAsync<WalletView>(new ViewKey("p", "x")),
        ];
        foreach (var call in calls)
        {
            var exception = await Assert.ThrowsAsync<InvalidOperationException>(call);
            Assert.Contains("'eventfunctions/nowhere' does not exist", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_endpoint_that_went_away_is_unavailable_to_a_warm_client()
    {
        var endpoint = await CosmosEndpoint.StartAsync(
            new CosmosEndpointOptions(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        using var client = new CosmosClient(
            endpoint.ConnectionString, EventStoreClientOptions.ForConnectionString(endpoint.ConnectionString, "tests"));
        Database database = await client.CreateDatabaseAsync("d");
        var store = new CosmosEventStore((await database.CreateContainerAsync("events", "/stream")).Container, Serializer);
        await Repository(store).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1));

        await endpoint.DisposeAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.LoadHeadAsync(_stream));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Repository(store).ExecuteAsync(_stream, Command(), w => Wallet.Add(w, 1)));
    }

    private IEnumerable<Func<Task>> EveryCall()
    {
        var view = new VersionedView<WalletView>(new WalletView("x", 1, [1]), 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        yield return () => _store.LoadHeadAsync(_stream);
        yield return () => _store.AppendAsync(new StreamAppend(_stream, StreamHead.Absent, [Envelope(_stream, 1, new WalletEvent.Added(1))], null, []));
        yield return () => _store.EventsAsync(_stream);
        yield return () => _views.FindAsync<WalletView>(new ViewKey("p", "x"));
        yield return () => _views.SaveAsync(new ViewKey("p", "x"), "wallet", view, null);
        yield return () => _views.SaveAsync(new ViewKey("p", "x"), "wallet", view, "\"1\"");
        yield return () => _views.ListAsync<WalletView>("p", "wallet", 10);
    }
}
