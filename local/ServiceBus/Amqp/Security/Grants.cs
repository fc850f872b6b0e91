using System.Text;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>What a connection's peer has shown that it may use. Guarded by the connection's gate.</summary>
internal sealed class Grants(AccessKey key, TimeProvider clock)
{
    private readonly Dictionary<string, Grant> _byPath = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether nothing has been shown yet.</summary>
    public bool IsEmpty => _byPath.Count == 0;

    /// <summary>Whether an entity may be used now.</summary>
    public bool Cover(string entityPath)
    {
        var now = clock.GetUtcNow();
        foreach (var grant in _byPath.Values)
        {
            if (grant.Covers(entityPath, now))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes a token in; a later one for the same path takes the place of an earlier one.</summary>
    /// <returns>Why not; none if it did.</returns>
    public string? Add(string token)
    {
        var now = clock.GetUtcNow();
        var (grant, refusal) = SharedAccessToken.Check(token, key, now);
        if (grant is not null)
        {
            foreach (var (path, old) in _byPath)
            {
                if (old.ExpiresAt <= now)
                {
                    _byPath.Remove(path);
                }
            }

            _byPath[grant.Path] = grant;
        }

        return refusal;
    }

    /// <summary>Takes the name and key of SASL PLAIN (RFC 4616) in: an identity to act for, a name and a key, with zeros between.</summary>
    /// <returns>Whether they are those of the namespace.</returns>
    public bool AddPlain(ReadOnlySpan<byte> response)
    {
        var parts = Encoding.UTF8.GetString(response).Split('\0');
        if (parts is not [_, var name, var secret] || name != key.Name || !Equal(secret, key.Key))
        {
            return false;
        }

        _byPath[string.Empty] = new Grant(string.Empty, DateTimeOffset.MaxValue);
        return true;
    }

    private static bool Equal(string left, string right) =>
        System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
