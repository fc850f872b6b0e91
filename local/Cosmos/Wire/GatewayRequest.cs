using EventFunctions.Local.Cosmos.Store;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Local.Cosmos.Wire;

/// <summary>A request with its body read: what the handlers see of HTTP.</summary>
internal sealed class GatewayRequest(string method, ResourcePath path, IHeaderDictionary headers, ReadOnlyMemory<byte> body, string authority)
{
    public string Method => method;

    public ResourcePath Path => path;

    public ReadOnlyMemory<byte> Body => body;

    /// <summary>The endpoint's host and port as the client addresses it.</summary>
    public string Authority => authority;

    public string? IfMatch => Header("If-Match");

    public string? IfNoneMatch => Header("If-None-Match");

    public bool IsQuery => Flag(HeaderNames.IsQuery) || Header("Content-Type")?.StartsWith("application/query+json", StringComparison.OrdinalIgnoreCase) == true;

    public bool PrefersMinimal => Header(HeaderNames.Prefer)?.Contains("return=minimal", StringComparison.OrdinalIgnoreCase) == true;

    public string? Header(string name) => headers.TryGetValue(name, out var values) && values.Count > 0 && values[0] is { Length: > 0 } value ? value : null;

    public bool Flag(string name) => string.Equals(Header(name), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The most items a page may have; the service's own choice is 1,000 at most.</summary>
    public int PageSize()
    {
        const int most = 1000;
        var text = Header(HeaderNames.MaxItemCount);
        if (text is null)
        {
            return most;
        }

        return int.TryParse(text, out var count) ? (count <= 0 ? most : count) : throw new RequestRefusedException(400, 0, $"The header {HeaderNames.MaxItemCount} must be a number, not '{text}'.");
    }

    /// <summary>The partition key of the request.</summary>
    /// <exception cref="RequestRefusedException">It is missing or can't be read.</exception>
    public PartitionKeyValue PartitionKey() => TryPartitionKey() ?? throw new RequestRefusedException(400, 0, $"A partition key must be given in the header {HeaderNames.PartitionKey} for this operation.");

    /// <summary>The partition key of the request, if it has one.</summary>
    /// <exception cref="RequestRefusedException">It can't be read.</exception>
    public PartitionKeyValue? TryPartitionKey()
    {
        if (Header(HeaderNames.PartitionKey) is not { } text)
        {
            return null;
        }

        return PartitionKeyJson.TryParse(text, out var key, out var problem) ? key : throw new RequestRefusedException(400, 0, problem);
    }
}

/// <summary>A request that can't be understood or isn't supported; it is answered with this status and message.</summary>
internal sealed class RequestRefusedException(int status, int subStatus, string message) : Exception(message)
{
    public int Status => status;

    public int SubStatus => subStatus;
}
