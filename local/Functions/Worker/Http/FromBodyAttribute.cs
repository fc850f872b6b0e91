namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Gives a parameter the request's JSON body. A body that can't be read fails the invocation.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class FromBodyAttribute : Attribute
{
}
