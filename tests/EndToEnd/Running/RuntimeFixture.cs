using EventFunctions.Local.Host;
using EventFunctions.Local.Host.Demo.Shop;

namespace EventFunctions.EndToEnd.Tests.Running;

/// <summary>One runtime for all tests that can share it.</summary>
public sealed class RuntimeFixture : IAsyncLifetime
{
    private RunningShop? _shop;

    internal RunningShop Shop => _shop ?? throw new InvalidOperationException("The fixture was not started.");

    public async Task InitializeAsync() => _shop = await RunningShop.StartAsync(new LocalRuntimeOptions());

    public async Task DisposeAsync() => await Shop.DisposeAsync();
}

/// <summary>Tests that share one runtime.</summary>
[CollectionDefinition(Name)]
public sealed class SharedRuntime : ICollectionFixture<RuntimeFixture>
{
    public const string Name = "shared runtime";
}

/// <summary>A runtime with a client of each kind.</summary>
internal sealed class RunningShop : IAsyncDisposable
{
    private DescribedCalls _calls;

    private RunningShop(LocalRuntime runtime)
    {
        Runtime = runtime;
        _calls = new DescribedCalls();
        Http = new HttpClient(_calls) { BaseAddress = runtime.AppAddress };
        Sandbox = new HttpClient { BaseAddress = runtime.SandboxAddress };
        Client = new ShopClient(Http);
        Books = new PartnerBooks(Sandbox);
        Store = new StoreInspector(runtime.CosmosConnectionString);
    }

    public LocalRuntime Runtime { get; }

    /// <summary>The app, raw; every call is held against its description.</summary>
    public HttpClient Http { get; private set; }

    public HttpClient Sandbox { get; }

    /// <summary>The app, typed.</summary>
    public ShopClient Client { get; private set; }

    public PartnerBooks Books { get; }

    /// <summary>The store behind the app.</summary>
    public StoreInspector Store { get; }

    public static async Task<RunningShop> StartAsync(LocalRuntimeOptions options) => new(await LocalRuntime.StartAsync(options));

    /// <summary>Starts the app again after it was stopped, on another port.</summary>
    public async Task StartAppAgainAsync()
    {
        await Runtime.StartAppAsync(CancellationToken.None);
        AssertDescribed();
        Http.Dispose();
        _calls = new DescribedCalls();
        Http = new HttpClient(_calls) { BaseAddress = Runtime.AppAddress };
        Client = new ShopClient(Http);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Sandbox.Dispose();
        Store.Dispose();
        await Runtime.DisposeAsync();
        AssertDescribed();
    }

    /// <summary>Fails where a call was not as described, also one whose failure a test passed over.</summary>
    private void AssertDescribed() => Assert.Empty(_calls.Problems);
}
