using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EventFunctions.Local.DurableTask;

/// <summary>Name-based ids (version 5, RFC 9562 section 5.5) that a replay makes again.</summary>
internal static class ReplayGuid
{
    private static readonly Guid Namespace = new("9e952958-5e33-4daf-827f-2fa12937b875");

    public static Guid Create(string instanceId, DateTime now, int counter)
    {
        var name = Encoding.UTF8.GetBytes($"{instanceId}_{now:o}_{counter}");
        var data = new byte[16 + name.Length];
        Namespace.TryWriteBytes(data, bigEndian: true, out _);
        name.CopyTo(data, 16);
#pragma warning disable CA5350 // Version 5 is defined by SHA-1; nothing secret depends on it.
        var hash = SHA1.HashData(data);
#pragma warning restore CA5350
        var id = hash.AsSpan(0, 16);
        BinaryPrimitives.WriteUInt16BigEndian(id[6..], (ushort)((BinaryPrimitives.ReadUInt16BigEndian(id[6..]) & 0x0FFF) | 0x5000));
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
