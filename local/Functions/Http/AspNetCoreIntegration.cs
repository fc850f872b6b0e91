namespace EventFunctions.Local.Functions.Http;

/// <summary>Registered when the app asked for ASP.NET Core's HTTP types; HTTP functions need it.</summary>
internal sealed class AspNetCoreIntegration;
