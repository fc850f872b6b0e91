using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace EventFunctions.Local.Functions.Http;

/// <summary>The app's environment as ASP.NET Core's result types ask for it; a function app serves no files.</summary>
internal sealed class FunctionsWebHostEnvironment(IHostEnvironment environment) : IWebHostEnvironment
{
    public string WebRootPath { get; set; } = string.Empty;

    public IFileProvider WebRootFileProvider { get; set; } = new NullFileProvider();

    public string ApplicationName { get; set; } = environment.ApplicationName;

    public IFileProvider ContentRootFileProvider { get; set; } = environment.ContentRootFileProvider;

    public string ContentRootPath { get; set; } = environment.ContentRootPath;

    public string EnvironmentName { get; set; } = environment.EnvironmentName;
}
