using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace EventFunctions.Local.Functions.Tests;

/// <summary>What is declared here and not by the real packages compiles locally alone. The page 0003 of the decisions tells how it was compared.</summary>
public sealed class DeclaredSurfaceTests
{
    [Fact]
    public void The_durable_helpers_take_the_workers_own_request_and_none_takes_that_of_asp_net_core()
    {
        var parameters = typeof(DurableTaskClientExtensions).GetMethods().SelectMany(m => m.GetParameters()).Select(p => p.ParameterType).ToList();

        Assert.Contains(typeof(HttpRequestData), parameters);
        Assert.DoesNotContain(typeof(HttpRequest), parameters);
    }
}
