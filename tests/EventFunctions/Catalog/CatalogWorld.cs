using EventFunctions.Catalog.Views;
using EventFunctions.Domain;
using EventFunctions.Domain.Catalog;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using EventFunctions.Tests.Http;
using EventFunctions.Tests.Saga;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Tests.Catalog;

/// <summary>Endpoints as the composition makes them, on stores in memory; events reach the views when the test says so.</summary>
internal sealed class CatalogWorld : IAsyncDisposable
{
    private readonly SagaWorld _saga = new(before: services => services.AddScoped<RequestMetadata>());

    public T Get<T>()
        where T : notnull => _saga.Get<T>();

    /// <summary>Answers a request.</summary>
    public async Task<HttpCall> CallAsync<TEndpoint>(
        Func<TEndpoint, HttpRequest, Task<IResult>> run, string? body = null, string query = "", params (string, string)[] headers)
        where TEndpoint : class
    {
        await using var scope = _saga.Services.CreateAsyncScope();
        var endpoint = ActivatorUtilities.CreateInstance<TEndpoint>(scope.ServiceProvider);
        var call = new HttpCall(body, headers);
        call.Request.QueryString = new QueryString(query);
        return await call.AnswerAsync(r => run(endpoint, r));
    }

    public Task<IReadOnlyList<EventEnvelope>> EventsAsync(string product) => _saga.EventsAsync(Product.StreamOf(new ProductId(product)));

    /// <summary>Every event of a product is applied to the views, as the bus would have it.</summary>
    public async Task ShowAsync(string product)
    {
        foreach (var envelope in await EventsAsync(product))
        {
            await Get<LiveProjections>().HandleAsync(ProductsProjection.Kind, envelope);
        }
    }

    public ValueTask DisposeAsync() => _saga.DisposeAsync();
}
