using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

namespace EventFunctions.Composition;

/// <summary>Starts the app as an isolated worker process on Azure; the local runtime composes it by itself instead.</summary>
internal static class Program
{
    public static Task Main(string[] args) => FunctionsApplication.CreateBuilder(args).AddEventFunctions().Build().RunAsync();
}
