namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>When a browser sends a cookie from another site's page (RFC 6265bis).</summary>
public enum SameSite
{
    /// <summary>The attribute is not sent.</summary>
    None = 0,

    /// <summary>On top-level navigation.</summary>
    Lax = 1,

    /// <summary>Never.</summary>
    Strict = 2,

    /// <summary>Always; the attribute says <c>None</c>.</summary>
    ExplicitNone = 3,
}

/// <summary>A cookie.</summary>
public interface IHttpCookie
{
    /// <summary>The domain it is sent to.</summary>
    string? Domain { get; }

    /// <summary>When it ends.</summary>
    DateTimeOffset? Expires { get; }

    /// <summary>Whether it is kept from scripts.</summary>
    bool? HttpOnly { get; }

    /// <summary>How many seconds it lasts.</summary>
    double? MaxAge { get; }

    /// <summary>The name.</summary>
    string Name { get; }

    /// <summary>The path it is sent to.</summary>
    string? Path { get; }

    /// <summary>When it is sent from another site's page.</summary>
    SameSite SameSite { get; }

    /// <summary>Whether it is sent over TLS only.</summary>
    bool? Secure { get; }

    /// <summary>The value.</summary>
    string Value { get; }
}

/// <summary>A cookie that can be filled in.</summary>
public sealed class HttpCookie(string name, string value) : IHttpCookie
{
    /// <inheritdoc />
    public string? Domain { get; set; }

    /// <inheritdoc />
    public DateTimeOffset? Expires { get; set; }

    /// <inheritdoc />
    public bool? HttpOnly { get; set; }

    /// <inheritdoc />
    public double? MaxAge { get; set; }

    /// <inheritdoc />
    public string Name { get; set; } = name;

    /// <inheritdoc />
    public string? Path { get; set; }

    /// <inheritdoc />
    public SameSite SameSite { get; set; }

    /// <inheritdoc />
    public bool? Secure { get; set; }

    /// <inheritdoc />
    public string Value { get; set; } = value;
}

/// <summary>The cookies a response sets.</summary>
public abstract class HttpCookies
{
    /// <summary>Sets a cookie of a name and a value.</summary>
    public abstract void Append(string name, string value);

    /// <summary>Sets a cookie.</summary>
    public abstract void Append(IHttpCookie cookie);

    /// <summary>Creates a cookie to be filled in and appended.</summary>
    public abstract IHttpCookie CreateNew();
}
