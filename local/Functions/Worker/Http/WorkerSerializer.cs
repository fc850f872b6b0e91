using Azure.Core.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Finds the serializer of the app an invocation belongs to.</summary>
internal static class WorkerSerializer
{
    public static ObjectSerializer Of(FunctionContext context) => Of(context.InstanceServices);

    public static ObjectSerializer Of(IServiceProvider services) =>
        services.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer
        ?? throw new InvalidOperationException(
            "WorkerOptions.Serializer is null: set it to a serializer, or leave its default in place.");
}
