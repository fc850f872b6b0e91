namespace EventFunctions.EventSourcing;

/// <summary>What stands where personal data stood, once it is erased.</summary>
public static class ErasedText
{
    /// <summary>Stands for every erased text, and as a JSON string for every erased value.</summary>
    public const string Value = "[erased]";
}
