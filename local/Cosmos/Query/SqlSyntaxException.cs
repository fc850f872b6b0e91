namespace EventFunctions.Local.Cosmos.Query;

/// <summary>A query that can't be read, or asks for what isn't supported; the message names the construct and its place.</summary>
internal sealed class SqlSyntaxException(string message, int position) : Exception($"{message} (at character {position + 1})")
{
    public int Position => position;

    public static SqlSyntaxException NotSupported(string construct, int position) => new($"{construct} is not supported by this endpoint", position);
}
