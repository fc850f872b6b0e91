namespace EventFunctions.EventSourcing;

/// <summary>A person as sealed data names them: <c>id</c>, or <c>tenant.id</c>. A tenant has no dot, an id without a tenant has none either.</summary>
internal static class SubjectText
{
    /// <summary>The person whom an id names in a stream's tenant.</summary>
    /// <exception cref="InvalidOperationException">The id cannot name a person: it is empty or has a dot.</exception>
    public static DataSubjectId Of(string id, string? tenant) => id.Length > 0 && !id.Contains('.', StringComparison.Ordinal)
        ? new DataSubjectId(id, tenant)
        : throw new InvalidOperationException($"A data subject's id has at least one character and no dot; '{id}' is none.");

    /// <summary>The person of a text that <see cref="DataSubjectId.ToString"/> wrote.</summary>
    public static DataSubjectId Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? new DataSubjectId(text) : new DataSubjectId(text[(dot + 1)..], text[..dot]);
    }
}
