namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>What is at the other end of a link.</summary>
internal enum NodeKind
{
    /// <summary>A queue, topic, subscription or sub-queue.</summary>
    Entity,

    /// <summary>The requests of one.</summary>
    Management,

    /// <summary>Where tokens are put.</summary>
    Claims,
}

/// <summary>An address of a link, taken apart.</summary>
/// <param name="Kind">What is there.</param>
/// <param name="EntityPath">The entity it is about; empty for tokens.</param>
internal sealed record NodeAddress(NodeKind Kind, string EntityPath)
{
    private const string ClaimsNode = "$cbs";
    private const string ManagementSuffix = "/$management";

    /// <summary>What a token has to cover: it is for the entity, or for its requests alone.</summary>
    public string Audience => Kind == NodeKind.Management ? EntityPath + ManagementSuffix : EntityPath;

    /// <summary>Takes an address apart: a path, with or without a slash before it, or all of a URI.</summary>
    public static NodeAddress Parse(string address)
    {
        var path = Uri.UnescapeDataString(SharedAccessToken.PathOf(address));
        if (path.Equals(ClaimsNode, StringComparison.OrdinalIgnoreCase))
        {
            return new NodeAddress(NodeKind.Claims, string.Empty);
        }

        return path.EndsWith(ManagementSuffix, StringComparison.OrdinalIgnoreCase)
            ? new NodeAddress(NodeKind.Management, path[..^ManagementSuffix.Length])
            : new NodeAddress(NodeKind.Entity, path);
    }
}
