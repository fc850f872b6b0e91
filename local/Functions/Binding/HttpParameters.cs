using System.Reflection;
using System.Text.Json;
using EventFunctions.Local.Functions.Http;
using EventFunctions.Local.Functions.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace EventFunctions.Local.Functions.Binding;

/// <summary>Binds the parameters of HTTP functions.</summary>
internal static class HttpParameters
{
    public static ParameterBinder? Request(ParameterInfo parameter, bool isTrigger)
    {
        if (parameter.ParameterType == typeof(HttpRequest))
        {
            return static (_, input) => new(((TriggerInput.Http)input).Context.Request);
        }

        return parameter.ParameterType == typeof(HttpRequestData)
            ? static (context, input) => new(AspNetCoreHttpRequestData.Of(context, ((TriggerInput.Http)input).Context))
            : null;
    }

    public static ParameterBinder? Body(ParameterInfo parameter, bool isTrigger)
    {
        var (name, type) = (parameter.Name!, parameter.ParameterType);
        return !isTrigger && parameter.IsDefined(typeof(FromBodyAttribute))
            ? (_, input) => ReadBodyAsync(((TriggerInput.Http)input).Context, type, name)
            : null;
    }

    public static ParameterBinder? RouteOrQuery(ParameterInfo parameter, bool isTrigger)
    {
        var (name, type) = (parameter.Name!, parameter.ParameterType);
        if (isTrigger || SimpleValues.ReaderOf(type) is not { } read)
        {
            return null;
        }

        var missing = new ParameterDefault(parameter);
        return (_, input) =>
        {
            var http = ((TriggerInput.Http)input).Context;
            var text = http.Request.RouteValues.TryGetValue(name, out var value) ? value as string : null;
            text ??= http.Request.Query.TryGetValue(name, out var query) ? query.ToString() : null;
            return new(text is null ? missing.Value : Convert(name, type, read, text));
        };
    }

    private static object Convert(string name, Type type, Func<string, object> read, string text)
    {
        try
        {
            return read(text);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new FunctionInputConverterException(
                $"Cannot convert input parameter '{name}' to type '{type.FullName}' from '{text}'.", exception);
        }
    }

    /// <summary>A body that can't be read fails the invocation; it is not answered with 400, as on Azure.</summary>
    private static async ValueTask<object?> ReadBodyAsync(HttpContext http, Type type, string parameter)
    {
        if (!http.Request.HasJsonContentType())
        {
            throw new InvalidOperationException(
                $"The body can't be bound to '{parameter}': its content type is '{http.Request.ContentType}', not JSON.");
        }

        try
        {
            var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
            return await http.Request.ReadFromJsonAsync(type, options, http.RequestAborted);
        }
        catch (JsonException exception)
        {
            throw new InvalidOperationException($"The body can't be bound to '{parameter}': {exception.Message}", exception);
        }
    }
}
