namespace EventFunctions.Tests.Support.Clients;

/// <summary>What came of the contracts of a client.</summary>
/// <param name="ByName">What went wrong with each, by its name; null where it holds.</param>
/// <param name="Errors">What the client wrote on standard error.</param>
public sealed record ContractOutcomes(IReadOnlyDictionary<string, string?> ByName, string Errors)
{
    /// <summary>Nothing was run.</summary>
    public static ContractOutcomes None { get; } = new(new Dictionary<string, string?>(), string.Empty);

    /// <summary>What went wrong with a contract; null where it holds.</summary>
    public string? Of(string name) =>
        ByName.TryGetValue(name, out var error) ? error : $"The client ended before it came to '{name}'.{Environment.NewLine}{Errors}";
}
