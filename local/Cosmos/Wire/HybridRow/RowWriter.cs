using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace EventFunctions.Local.Cosmos.Wire.HybridRow;

/// <summary>Writes the parts of a row one after another.</summary>
internal sealed class RowWriter
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public ReadOnlyMemory<byte> Written => _output.WrittenMemory;

    public void WriteHeader(int schemaId)
    {
        WriteByte(RowFormat.Version);
        WriteInt32(schemaId);
    }

    public void WriteByte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }

    public void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_output.GetSpan(4), value);
        _output.Advance(4);
    }

    public void WriteUInt32(uint value) => WriteInt32(unchecked((int)value));

    public void WriteDouble(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_output.GetSpan(8), value);
        _output.Advance(8);
    }

    public void WriteLength(int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
        {
            WriteByte((byte)(rest | 0x80));
        }

        WriteByte((byte)rest);
    }

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteLength(value.Length);
        Write(value);
    }

    public void WriteText(string value) => WriteBytes(Encoding.UTF8.GetBytes(value));

    public void Write(ReadOnlySpan<byte> value) => _output.Write(value);

    /// <summary>Begins a sparse field.</summary>
    public void WriteField(byte type, int token)
    {
        WriteByte(type);
        WriteLength(token);
    }
}
