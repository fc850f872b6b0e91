using System.Buffers;
using System.Globalization;
using System.Text;
using EventFunctions.Local.ServiceBus.Amqp.Tests.Wire;

namespace EventFunctions.Local.ServiceBus.Amqp.Tests.Codec;

/// <summary>
/// Frames of every kind, damaged in every way: each is read, or refused with a reason, within what its size allows. Set
/// <c>AMQP_FUZZ_INPUTS</c> for more of them, <c>AMQP_FUZZ_SEED</c> to begin elsewhere.
/// </summary>
public sealed class FuzzTests
{
    /// <summary>What a byte of input may cost in bytes of memory, and what every input may cost.</summary>
    private const long BytesPerByte = 400;

    private const long BytesPerInput = 2 * 1024 * 1024 + 30_000_000;

    /// <summary>Inputs that were refused badly once; none so far.</summary>
    public static TheoryData<int> KeptSeeds => [0, 1];

    [Fact]
    public void Whatever_comes_is_read_or_refused()
    {
        var (count, seed) = (Setting("AMQP_FUZZ_INPUTS", 50_000), Setting("AMQP_FUZZ_SEED", 20_260_301));
        var (read, refused) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            if (Run(seed + i))
            {
                read++;
            }
            else
            {
                refused++;
            }
        }

        Assert.Equal(count, read + refused);
        Assert.True(read > count / 50 && refused > count / 10, $"{read} read and {refused} refused: the inputs are all alike");
    }

    [Theory]
    [MemberData(nameof(KeptSeeds))]
    public void What_was_refused_badly_once_is_refused_well(int seed) => Run(seed);

    private static bool Run(int seed)
    {
        var input = Input(new Random(seed));
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Read(input);
            return true;
        }
        catch (Exception exception) when (exception is AmqpFormatException or AmqpRefusalException)
        {
            return false;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"AMQP_FUZZ_SEED={seed} AMQP_FUZZ_INPUTS=1: {Convert.ToHexString(input)}", exception);
        }
        finally
        {
            var cost = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(cost < BytesPerInput + BytesPerByte * input.Length, $"AMQP_FUZZ_SEED={seed}: {input.Length} bytes cost {cost}");
        }
    }

    private static void Read(byte[] input)
    {
        var bytes = new ReadOnlySequence<byte>(input);
        if (!new FrameReader(65_536).TryRead(ref bytes, out var frame) || frame.Body.IsEmpty)
        {
            throw AmqpFormatException.Framing("Not all of it is there.");
        }

        var body = frame.Body.ToArray();
        var reader = new AmqpReader(body);
        if (frame.Type == FrameType.Sasl)
        {
            SaslNegotiation.Choose(Composite.Read(ref reader), new Grants(AccessKey.OfEmulator, TimeProvider.System));
            return;
        }

        var performative = Performative.Read(ref reader);
        if (performative is Performative.Transfer transfer)
        {
            var payload = body.AsMemory(reader.Position);
            foreach (var message in InboundMessages.Read(payload, transfer.MessageFormat ?? 0))
            {
                new AmqpWriter().WriteMessage(new Delivery(
                    message, 1, 1, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, 0, Guid.Empty, default, null, MessagePlace.Available));
            }

            AmqpMessage.Read(payload, withValue: true);
        }
    }

    private static byte[] Input(Random random)
    {
        var writer = new AmqpWriter();
        writer.WriteFrame(random.Next(10) == 0 ? FrameType.Sasl : FrameType.Amqp, (ushort)random.Next(3), Value(random), Payload(random));
        var bytes = writer.Written.ToArray();
        for (var damage = random.Next(4); damage > 0; damage--)
        {
            bytes = Damage(bytes, random);
        }

        return bytes;
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        switch (random.Next(6))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes.AsSpan(at, Math.Min(4, bytes.Length - at)).Fill(0xff); break;
            case 3: bytes = bytes[..Math.Max(8, at)]; break;
            case 4: bytes = [.. bytes, .. bytes.AsSpan(at)]; break;
            default: random.NextBytes(bytes.AsSpan(at, Math.Min(random.Next(16), bytes.Length - at))); break;
        }

        // Most of the time the size is right again: otherwise hardly anything behind it would ever be looked at.
        if (random.Next(8) != 0)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        }

        return bytes;
    }

    private static IComposite Value(Random random) => random.Next(12) switch
    {
        0 => new Performative.Open("c", "h", 65_536, 10, 1_000, Map(random)),
        1 => new Performative.Begin(null, 1, 2, 3, 4),
        2 or 3 => WireClient.Link((uint)random.Next(), "queue", random.Next(2) == 0, filter: Map(random)) with { Properties = Map(random) },
        4 => new Performative.Flow(1, 2, 3, 4) { Handle = 5, LinkCredit = (uint)random.Next() },
        5 => new Performative.Disposition(true, 1, 5, false, new DeliveryState.Rejected(new AmqpError("c", "d", Map(random)))),
        6 => new Performative.Disposition(true, 1, 5, false, new DeliveryState.Modified(true, true, Map(random))),
        7 => new Performative.Detach(1, true, new AmqpError("c", "d", Map(random))),
        8 => Composite.Of(new AmqpDescribed(CompositeTypes.Init.Code, new AmqpList { new AmqpSymbol("PLAIN"), WireClient.Plain(), "h" })),
        _ => new Performative.Transfer(1) { DeliveryId = 1, DeliveryTag = new byte[16], MessageFormat = random.Next(4) == 0 ? AmqpMessage.BatchFormat : 0 },
    };

    private static byte[] Payload(Random random)
    {
        var writer = new AmqpWriter();
        if (random.Next(2) == 0)
        {
            writer.WriteValue(new AmqpDescribed(MessageSection.Header, new AmqpList { true, (byte)4, 1_000u, false, 3u }));
            writer.WriteValue(new AmqpDescribed(MessageSection.MessageAnnotations, Map(random)));
        }

        writer.WriteValue(new AmqpDescribed(MessageSection.Properties, new AmqpList { "id", new byte[3], "to", "subject" }));
        writer.WriteValue(new AmqpDescribed(MessageSection.ApplicationProperties, Map(random)));
        writer.WriteValue(random.Next(4) switch
        {
            0 => new AmqpDescribed(MessageSection.Value, Any(random, 4)),
            1 => new AmqpDescribed(MessageSection.Sequence, new AmqpList { 1, "two", Any(random, 3) }),
            _ => new AmqpDescribed(MessageSection.Data, TestMessages.Create(new string('x', random.Next(300))).ToArray()),
        });
        return writer.Written.ToArray();
    }

    private static AmqpMap Map(Random random)
    {
        var map = new AmqpMap();
        for (var i = random.Next(5); i > 0; i--)
        {
            map.Add(random.Next(2) == 0 ? $"key-{i}" : new AmqpSymbol($"x-opt-{i}"), Any(random, 3));
        }

        return map;
    }

    private static object? Any(Random random, int depth) => random.Next(depth > 0 ? 14 : 10) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(),
        3 => random.NextInt64(),
        4 => (uint)random.Next(),
        5 => random.NextDouble(),
        6 => new string('ü', random.Next(40)),
        7 => DateTime.UnixEpoch.AddSeconds(random.Next()),
        8 => Guid.NewGuid(),
        9 => new Rune('☂'),
        10 => new AmqpList { Any(random, depth - 1), Any(random, depth - 1) },
        11 => Map(random),
        12 => new AmqpArray(FormatCode.UInt, [1u, 2u, 3u]),
        _ => new AmqpDescribed(new AmqpSymbol("com.microsoft:timespan"), random.NextInt64()),
    };

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
