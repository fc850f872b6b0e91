using System.Buffers;
using System.Runtime.InteropServices;

namespace EventFunctions.EventSourcing;

/// <summary>A value in JSON text.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Path">Where it stands, e.g. <c>lines[2].note</c>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ValueSpan(int Start, int Length, string Path)
{
    /// <summary>The text with other values in some places.</summary>
    /// <param name="json">The text.</param>
    /// <param name="spans">The places, in their order, none within another.</param>
    /// <param name="replacement">The JSON that stands in a place instead.</param>
    public static byte[] Replace(ReadOnlySpan<byte> json, IReadOnlyList<ValueSpan> spans, Func<int, byte[]> replacement)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + (spans.Count * 64));
        var done = 0;
        for (var i = 0; i < spans.Count; i++)
        {
            output.Write(json[done..spans[i].Start]);
            output.Write(replacement(i));
            done = spans[i].Start + spans[i].Length;
        }
        output.Write(json[done..]);
        return output.WrittenSpan.ToArray();
    }
}
