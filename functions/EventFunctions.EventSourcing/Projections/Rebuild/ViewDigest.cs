using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>How many views there are and a hash of what they show, which does not depend on the order they are added in.</summary>
/// <param name="Count">How many views.</param>
/// <param name="Hash">The sum of the views' hashes modulo 2^128: 32 hexadecimal digits.</param>
public sealed record ViewDigest(long Count, string Hash)
{
    /// <summary>The digest of no views.</summary>
    public static ViewDigest Empty { get; } = new(0, new string('0', 32));

    /// <summary>The digest with more views.</summary>
    /// <param name="views">Under the keys that the projection gave them.</param>
    public ViewDigest Add(IReadOnlyCollection<ScannedView> views)
    {
        ArgumentNullException.ThrowIfNull(views);
        var sum = UInt128.Parse(Hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        foreach (var view in views)
        {
            // A sum, not an exclusive or: two views of the same hash would cancel each other out.
            sum = unchecked(sum + HashOf(view));
        }

        return new ViewDigest(Count + views.Count, sum.ToString("x32", CultureInfo.InvariantCulture));
    }

    /// <summary>Whether two views show the same at the same version.</summary>
    public static bool AreSame(VersionedView<RawJson> one, VersionedView<RawJson> other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.Version == other.Version && one.Since == other.Since && one.AsOf == other.AsOf
            && JsonElement.DeepEquals(one.View.To<JsonElement>(), other.View.To<JsonElement>());
    }

    private static UInt128 HashOf(ScannedView view)
    {
        var head = $"{view.Key.Partition}\n{view.Key.Id}\n{view.Current.Version}\n{view.Current.Since.UtcTicks}\n{view.Current.AsOf.UtcTicks}\n";
        var hash = SHA256.HashData([.. Encoding.UTF8.GetBytes(head), .. CanonicalJson.Of(view.Current.View.To<JsonElement>())]);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
