using System.Diagnostics;
using EventFunctions.Local.Functions.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Lets functions use ASP.NET Core's HTTP types.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>
    /// Lets functions take <c>HttpRequest</c> and return <c>IActionResult</c> or <c>IResult</c>. Call it before any middleware
    /// is added: middleware added earlier finds no HTTP context.
    /// </summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<IWebHostEnvironment, FunctionsWebHostEnvironment>();
        builder.Services.TryAddSingleton(static _ => new DiagnosticListener("Microsoft.AspNetCore"));
        builder.Services.TryAddSingleton<DiagnosticSource>(static services => services.GetRequiredService<DiagnosticListener>());
        builder.Services.AddMvcCore();
        builder.Services.TryAddSingleton<AspNetCoreIntegration>();
        builder.UseMiddleware<HttpResultMiddleware>();
        return builder;
    }
}
