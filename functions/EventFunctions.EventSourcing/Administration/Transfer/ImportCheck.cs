namespace EventFunctions.EventSourcing;

/// <summary>Tells whether an event may come in.</summary>
/// <remarks>
/// What comes back from a backup has happened here, and is not refused for a rule that came later; what comes from another
/// system is asked the rules like any event that is appended.
/// </remarks>
/// <param name="serializer">Knows which events can be read.</param>
/// <param name="validator">Knows the rules; <see langword="null"/> where they are not asked.</param>
internal sealed class ImportCheck(EventSerializer serializer, EventValidator? validator)
{
    /// <summary>Why an event is not taken; <see langword="null"/> if it is.</summary>
    public string? ProblemOf(EventDocument document)
    {
        try
        {
            _ = serializer.Read(document);
            if (document.Id != EventDocument.IdOf(document.Version))
            {
                return $"the id of event {document.Version} is not '{document.Id}'.";
            }
        }
        catch (Exception exception) when (exception is UnknownEventTypeException or EventFormatException or ArgumentOutOfRangeException)
        {
            return exception.Message;
        }

        var problems = validator?.Problems(document.Type, document.SchemaVersion, document.Data) ?? [];
        return problems.Count == 0 ? null : string.Join(' ', problems.Select(p => $"{p.Message} ({p.Rule})"));
    }
}
