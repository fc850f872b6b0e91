using System.Text;
using System.Text.Json.Nodes;

namespace EventFunctions.CatalogGenerator.Pages;

/// <summary>The HTTP API for people, as Markdown.</summary>
internal static class ApiPage
{
    private const string Introduction = """
        # The HTTP API

        What the app can be asked by HTTP. This folder is generated from the code: `dotnet run --project tools/CatalogGenerator` writes
        it, and a test fails while it is not current. [openapi.json](openapi.json) says the same as OpenAPI 3.1, with the schemas of
        every body; a running app serves it at `GET /api/openapi.json`. Every request of the end-to-end tests is held against it.

        Any request may have an `X-Correlation-Id`, and every answer has one. Errors are problem details (RFC 9457) with a stable
        `code`. Any operation can also answer 500 `internal-error` and 503 `unavailable`; one that takes a body also 413
        `body-too-large` and 415 `unsupported-media-type`. Operators' operations ask for a function key on Azure,
        and are answered 401 by the host where there is none.

        The examples run against `dotnet run --project local/Host -- --port 7071`.

        """;

    /// <summary>The page.</summary>
    /// <param name="document">The OpenAPI document.</param>
    public static string Of(JsonObject document)
    {
        var operations = (
            from path in document["paths"]!.AsObject()
            from verb in path.Value!.AsObject()
            select (Path: path.Key, Verb: verb.Key.ToUpperInvariant(), Operation: verb.Value!.AsObject())).ToList();
        var contexts = operations.GroupBy(o => (string)o.Operation["tags"]![0]!, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        page.Append("\n| operation | what |\n|---|---|\n");
        foreach (var (path, verb, operation) in contexts.SelectMany(c => c))
        {
            page.Append($"| [`{verb} {path}`](#{((string)operation["operationId"]!).ToLowerInvariant()}) | {Markdown.Cell((string)operation["summary"]!)} |\n");
        }

        foreach (var context in contexts)
        {
            page.Append($"\n## {context.Key}\n");
            foreach (var (path, verb, operation) in context)
            {
                OperationSection.Append(page, path, verb, operation, document);
            }
        }

        return page.ToString();
    }
}
