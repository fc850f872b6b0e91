using System.Xml.Linq;

namespace EventFunctions.Local.ServiceBus.Administration;

/// <summary>A request to the administration, taken apart.</summary>
/// <param name="Method">The method of HTTP.</param>
/// <param name="Path">What it is about.</param>
/// <param name="Address">Its address, without the query.</param>
/// <param name="Skip">How many entries of a list to pass over.</param>
/// <param name="Top">The most entries of a list.</param>
/// <param name="IfMatch">The version that is to be changed; <c>*</c> for any, none where there is to be nothing yet.</param>
/// <param name="Body">What was sent.</param>
internal sealed record AdministrationRequest(string Method, ResourcePath Path, string Address, int Skip, int Top, string? IfMatch, Stream Body)
{
    /// <summary>Whether something is to be changed that is there.</summary>
    public bool IsUpdate => IfMatch is not null;

    /// <summary>Sees to it that what is changed is what the client has seen.</summary>
    /// <exception cref="AdministrationException">It has been changed since.</exception>
    public void Match<T>(EntityInfo<T> entity)
    {
        if (IfMatch is not (null or "*") && IfMatch.Trim('"') != AdministrationResponse.TagOf(entity.UpdatedAt))
        {
            throw new AdministrationException(412, "The entity was changed since it was read: its ETag is another one. Read it again.");
        }
    }
}

/// <summary>An answer of the administration.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Body">An entry, a feed or an error; none where there is nothing to tell.</param>
/// <param name="ETag">The version of what is in it.</param>
internal sealed record AdministrationResponse(int Status, XElement? Body, string? ETag = null)
{
    /// <summary>The version of an entity: when it was last changed.</summary>
    public static string TagOf(DateTimeOffset updatedAt) => $"{updatedAt.UtcTicks}";

    /// <summary>One entity.</summary>
    public static AdministrationResponse Entry(int status, XElement entry, DateTimeOffset updatedAt) => new(status, entry, TagOf(updatedAt));

    /// <summary>A refusal, as the service words it.</summary>
    public static AdministrationResponse Error(int status, string detail) => new(
        status, new XElement("Error", new XElement("Code", status), new XElement("Detail", detail)));
}
