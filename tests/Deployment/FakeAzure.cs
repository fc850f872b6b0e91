using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Core;

namespace EventFunctions.Deployment.Tests;

/// <summary>What a deployment asks Azure Resource Manager for, and an app that answers; all of it in memory.</summary>
internal sealed class FakeAzure : HttpMessageHandler
{
    public static readonly DeploymentTarget Target = new("sub", "rg-shop", "kv-1", "func-1", "principal", new Uri("https://func-1.example/"));

    /// <summary>The secrets, by name.</summary>
    public Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>What writing a secret is answered, where it is not taken.</summary>
    public HttpStatusCode? RefusesWrites { get; set; }

    /// <summary>When the identity's roles were assigned.</summary>
    public List<DateTimeOffset> Roles { get; } = [];

    /// <summary>The statuses of references with each question, the last one for ever.</summary>
    public Queue<string> ReferenceStatuses { get; } = new(["Resolved"]);

    /// <summary>The answers of the app with each question, the last one for ever; nothing is a connection that is refused.</summary>
    public Queue<HttpStatusCode?> Health { get; } = new([HttpStatusCode.OK]);

    /// <summary>Everything that was asked, as method and path.</summary>
    public List<string> Requests { get; } = [];

    public ResourceManager Manager() => new(new HttpClient(this), new KnownToken());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        Requests.Add($"{request.Method} {path}");
        if (path == "/api/health")
        {
            return Next(Health) is { } status
                ? new HttpResponseMessage(status) { Content = new StringContent($"{{\"status\":\"{status}\"}}") }
                : throw new HttpRequestException("connection refused");
        }

        Assert.Equal(("management.azure.com", "Bearer", KnownToken.Text), (request.RequestUri.Host, request.Headers.Authorization?.Scheme, request.Headers.Authorization?.Parameter));
        return (request.Method.Method, path) switch
        {
            ("GET", _) when path.Contains("/secrets/", StringComparison.Ordinal) =>
                Secrets.ContainsKey(path.Split('/')[^1]) ? Json(new { name = path }) : Json(new { error = new { code = "SecretNotFound" } }, HttpStatusCode.NotFound),
            ("PUT", _) when path.Contains("/secrets/", StringComparison.Ordinal) => await WriteAsync(path, request.Content!, cancellationToken),
            ("GET", _) when path.EndsWith("/roleAssignments", StringComparison.Ordinal) =>
                Json(new { value = Roles.Select(at => new { properties = new { createdOn = at } }) }),
            ("POST", _) when path.EndsWith("/configreferences/appsettings/refresh", StringComparison.Ordinal) => Json(new { }),
            ("GET", _) when path.EndsWith("/configreferences/appsettings", StringComparison.Ordinal) =>
                Json(new { value = new[] { new { name = "Carrier__WebhookSecret", properties = new { status = Next(ReferenceStatuses) } } } }),
            _ => Json(new { error = new { code = "NotFound" } }, HttpStatusCode.NotFound),
        };
    }

    private async Task<HttpResponseMessage> WriteAsync(string path, HttpContent content, CancellationToken cancellationToken)
    {
        if (RefusesWrites is { } status)
        {
            return Json(new { error = new { code = "AuthorizationFailed" } }, status);
        }

        var body = await content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        Secrets[path.Split('/')[^1]] = body.GetProperty("properties").GetProperty("value").GetString()!;
        return Json(new { });
    }

    private static T Next<T>(Queue<T> answers) => answers.Count > 1 ? answers.Dequeue() : answers.Peek();

    private static HttpResponseMessage Json(object body, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = JsonContent.Create(body) };

    private sealed class KnownToken : TokenCredential
    {
        public const string Text = "token";

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(Text, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
