using System.Buffers;
using System.Text;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Wire.Handlers;

/// <summary>The body of every answer with several items: <c>{"_rid", "Documents": […], "_count"}</c>.</summary>
internal static class DocumentList
{
    public static ReadOnlyMemory<byte> Write<T>(ContainerRid container, IReadOnlyList<T> items, Action<IBufferWriter<byte>, T> writeItem)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write(Encoding.ASCII.GetBytes($"{{\"_rid\":\"{ResourceId.OfContainer(container)}\",\"Documents\":["));
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            writeItem(output, items[i]);
        }

        output.Write(Encoding.ASCII.GetBytes($"],\"_count\":{items.Count}}}"));
        return output.WrittenMemory;
    }
}
