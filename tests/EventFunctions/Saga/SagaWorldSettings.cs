namespace EventFunctions.Tests.Saga;

/// <summary>The settings that <see cref="SagaWorld"/> runs under: everything that waits waits for next to nothing.</summary>
internal static class SagaWorldSettings
{
    public static IReadOnlyDictionary<string, string?> Quick { get; } = new Dictionary<string, string?>
    {
        ["Ordering:RetryDelay"] = "00:00:00.001",
        ["Ordering:LongestRetryDelay"] = "00:00:00.002",
        ["Ordering:SettleDelay"] = "00:00:00.005",
        ["Ordering:ReviewTimeout"] = "2.00:00:00",
        ["Ordering:StepAttempts"] = $"{SagaWorld.StepAttempts}",
        ["Ordering:UndoAttempts"] = "3",
        ["Supplier:BaseAddress"] = "http://supplier.test/",
        ["Supplier:WebhookSecret"] = "a-secret-of-some-length",
        ["Supplier:StepAttempts"] = "3",
        ["Supplier:StepDelay"] = "00:00:00.001",
        ["Supplier:LongestStepDelay"] = "00:00:00.002",
        ["Customers:EmailIndexKey"] = "an-index-key-of-the-tests-that-is-long",
        ["Customers:VerificationKey"] = "a-token-key-of-the-tests-that-is-long",
        ["Customers:VerificationPage"] = "https://shop.test/verify",
        ["Customers:StepAttempts"] = "3",
        ["Customers:RetryDelay"] = "00:00:00.001",
        ["Customers:LongestRetryDelay"] = "00:00:00.002",
        ["Notifications:OperatorsAddress"] = "operators@shop.test",
        ["Webhooks:MasterKey"] = Convert.ToBase64String(new byte[32]),
    };
}
