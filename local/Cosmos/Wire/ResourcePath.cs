namespace EventFunctions.Local.Cosmos.Wire;

/// <summary>The resource a request is about, by its path.</summary>
internal abstract record ResourcePath
{
    private ResourcePath()
    {
    }

    public sealed record Account : ResourcePath;

    public sealed record Databases : ResourcePath;

    public sealed record Database(string Id) : ResourcePath;

    public sealed record Containers(string DatabaseId) : ResourcePath;

    public sealed record Container(string DatabaseId, string Id) : ResourcePath;

    public sealed record KeyRanges(string DatabaseId, string ContainerId) : ResourcePath;

    public sealed record Items(string DatabaseId, string ContainerId) : ResourcePath;

    public sealed record Item(string DatabaseId, string ContainerId, string Id) : ResourcePath;

    public sealed record Offers : ResourcePath;

    public sealed record Offer(string Rid) : ResourcePath;

    /// <summary>Something the endpoint doesn't serve.</summary>
    public sealed record Unknown(string Path) : ResourcePath;

    /// <summary>Reads the path of a request's target. Names are percent-encoded UTF-8, each decoded once.</summary>
    public static ResourcePath Parse(string target)
    {
        var raw = Raw(target);
        string[] segments = raw.Length == 0 ? [] : [.. raw.Split('/').Select(Uri.UnescapeDataString)];
        return segments switch
        {
            [] => new Account(),
            ["dbs"] => new Databases(),
            ["dbs", var db] => new Database(db),
            ["dbs", var db, "colls"] => new Containers(db),
            ["dbs", var db, "colls", var coll] => new Container(db, coll),
            ["dbs", var db, "colls", var coll, "pkranges"] => new KeyRanges(db, coll),
            ["dbs", var db, "colls", var coll, "docs"] => new Items(db, coll),
            ["dbs", var db, "colls", var coll, "docs", var id] => new Item(db, coll, id),
            ["offers"] => new Offers(),
            ["offers", var rid] => new Offer(rid),
            _ => new Unknown("/" + string.Join('/', segments)),
        };
    }

    /// <summary>The path of a request's target as it came, without the slashes around it.</summary>
    public static string Raw(string target)
    {
        var path = target.AsSpan();
        var query = path.IndexOf('?');
        return (query < 0 ? path : path[..query]).Trim('/').ToString();
    }
}
