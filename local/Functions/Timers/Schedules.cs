using System.Diagnostics.CodeAnalysis;
using NCrontab;

namespace EventFunctions.Local.Functions.Timers;

/// <summary>When a timer function runs.</summary>
internal interface ISchedule
{
    /// <summary>The first occurrence after a moment; both in UTC.</summary>
    DateTimeOffset Next(DateTimeOffset after);
}

/// <summary>Reads the two notations of a schedule.</summary>
internal static class Schedules
{
    private const int FieldsWithSeconds = 6;

    public static bool TryParse(string expression, [NotNullWhen(true)] out ISchedule? schedule)
    {
        schedule = null;
        if (TimeSpan.TryParse(expression, out var interval))
        {
            schedule = interval > TimeSpan.Zero ? new IntervalSchedule(interval) : null;
            return schedule is not null;
        }

        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var options = new CrontabSchedule.ParseOptions { IncludingSeconds = fields.Length == FieldsWithSeconds };
        if (CrontabSchedule.TryParse(expression, options) is { } cron)
        {
            schedule = new CronSchedule(cron);
        }

        return schedule is not null;
    }
}

/// <summary>Occurrences at the moments an NCRONTAB expression describes.</summary>
internal sealed class CronSchedule(CrontabSchedule cron) : ISchedule
{
    public DateTimeOffset Next(DateTimeOffset after) => new(cron.GetNextOccurrence(after.UtcDateTime), TimeSpan.Zero);
}

/// <summary>Occurrences a fixed time apart.</summary>
internal sealed class IntervalSchedule(TimeSpan interval) : ISchedule
{
    public DateTimeOffset Next(DateTimeOffset after) => after + interval;
}
