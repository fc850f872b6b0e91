using System.Collections.Immutable;
using System.Text.Json;
using EventFunctions.Local.Journal.Payloads;
using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask.Durability;

/// <summary>How the parts that several events share are written, and read again.</summary>
internal static class RecordParts
{
    /// <summary>Failures carry the failure behind them; more of them than this no one has written.</summary>
    private const int DeepestFailure = 1000;

    public static void WriteMoment(this ref RecordWriter writer, DateTimeOffset moment) => writer.Write(moment.UtcTicks);

    public static DateTimeOffset ReadMoment(this ref RecordReader reader)
    {
        var ticks = reader.ReadInt64();
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : throw new InvalidDataException($"{ticks} is no moment in time.");
    }

    public static void WriteMoment(this ref RecordWriter writer, DateTimeOffset? moment)
    {
        writer.Write(moment is not null);
        if (moment is { } known)
        {
            writer.WriteMoment(known);
        }
    }

    public static DateTimeOffset? ReadOptionalMoment(this ref RecordReader reader) => reader.ReadBoolean() ? reader.ReadMoment() : null;

    public static void WriteTags(this ref RecordWriter writer, ImmutableDictionary<string, string> tags)
    {
        writer.Write(tags.Count);
        foreach (var (name, value) in tags)
        {
            writer.Write(name);
            writer.Write(value);
        }
    }

    public static ImmutableDictionary<string, string> ReadTags(this ref RecordReader reader)
    {
        var count = reader.ReadCount();
        if (count == 0)
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        var tags = ImmutableDictionary.CreateBuilder<string, string>();
        for (; count > 0; count--)
        {
            tags[reader.ReadText()] = reader.ReadText();
        }

        return tags.ToImmutable();
    }

    public static void WriteParent(this ref RecordWriter writer, ParentCall? parent)
    {
        writer.Write(parent is not null);
        if (parent is var (name, instanceId, executionId, taskId))
        {
            writer.Write(name);
            writer.Write(instanceId);
            writer.Write(executionId);
            writer.Write(taskId);
        }
    }

    public static ParentCall? ReadParent(this ref RecordReader reader) =>
        reader.ReadBoolean() ? new ParentCall(reader.ReadText(), reader.ReadText(), reader.ReadText(), reader.ReadInt32()) : null;

    /// <summary>Writes a failure and those behind it, the outermost first.</summary>
    public static void WriteFailure(this ref RecordWriter writer, TaskFailureDetails? failure)
    {
        for (; failure is not null; failure = failure.InnerFailure)
        {
            writer.Write(true);
            writer.Write(failure.ErrorType);
            writer.Write(failure.ErrorMessage);
            writer.WriteOptional(failure.StackTrace);
            writer.WriteOptional(failure.Properties is null ? null : JsonSerializer.Serialize(failure.Properties));
        }

        writer.Write(false);
    }

    public static TaskFailureDetails? ReadFailure(this ref RecordReader reader)
    {
        var chain = new Stack<TaskFailureDetails>();
        while (reader.ReadBoolean())
        {
            if (chain.Count == DeepestFailure)
            {
                throw new InvalidDataException($"The record has a failure with more than {DeepestFailure} behind it.");
            }

            chain.Push(new TaskFailureDetails(
                reader.ReadText(), reader.ReadText(), reader.ReadOptionalText(), InnerFailure: null, FailureProperties.Parse(reader.ReadOptionalText())));
        }

        TaskFailureDetails? failure = null;
        while (chain.TryPop(out var outer))
        {
            failure = outer with { InnerFailure = failure };
        }

        return failure;
    }

    /// <exception cref="InvalidDataException">There is none.</exception>
    public static TaskFailureDetails ReadRequiredFailure(this ref RecordReader reader) =>
        reader.ReadFailure() ?? throw new InvalidDataException("The record has a failed task without its failure.");
}
