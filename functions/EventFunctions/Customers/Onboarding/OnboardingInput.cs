using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Customers.Onboarding;

/// <summary>What an onboarding is started with: nothing personal, which its steps read from the account.</summary>
/// <param name="Trace">Whose onboarding it is, and what started it.</param>
/// <param name="Settings">How patient it is; fixed at the start, so that a replay decides as the first run did.</param>
public sealed record OnboardingInput(OnboardingTrace Trace, OnboardingSettings Settings);

/// <summary>How patient an onboarding is; all times from its start.</summary>
/// <param name="FirstReminder">When the customer is reminded.</param>
/// <param name="SecondReminder">When the customer is reminded again.</param>
/// <param name="Expiry">When the account is closed.</param>
/// <param name="Step">How a step is tried again.</param>
public sealed record OnboardingSettings(TimeSpan FirstReminder, TimeSpan SecondReminder, TimeSpan Expiry, SagaRetry Step);

/// <summary>What every step of an onboarding knows about it.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="CorrelationId">The business transaction.</param>
/// <param name="CausationId">The id of the event that started it.</param>
/// <param name="Tenant">The tenant, where it is not the default one.</param>
/// <param name="TraceParent">W3C trace context of what started it.</param>
public sealed record OnboardingTrace(
    string CustomerId, string CorrelationId, string? CausationId = null, string? Tenant = null, string? TraceParent = null)
{
    /// <summary>What events say about a command the onboarding sent.</summary>
    public const string Source = "customer-onboarding";

    private static readonly Guid Scope = new("0f6c8f34-4b3a-4d4e-8a0b-9d3f6f3b7a51");

    /// <summary>The id of a customer's onboarding.</summary>
    public static string InstanceOf(CustomerId customerId, string? tenant) => $"onboarding-{Customer.StreamOf(customerId, tenant)}";

    /// <summary>The customer as a value.</summary>
    public CustomerId ToCustomerId() => new(CustomerId);

    /// <summary>The account's stream.</summary>
    public StreamName ToStream() => Customer.StreamOf(ToCustomerId(), Tenant);

    /// <summary>The id of a step's effect: the same through every replay and retry.</summary>
    /// <param name="step">Unique inside the onboarding.</param>
    public Guid EffectId(string step) => NameBasedGuid.Create(Scope, $"{InstanceOf(ToCustomerId(), Tenant)}/{step}");

    /// <summary>A step's command.</summary>
    /// <param name="step">Unique inside the onboarding.</param>
    public CommandContext Command(string step) =>
        new(new EventMetadata(EffectId(step), CorrelationId, CausationId, Tenant, TraceParent: TraceParent, Source: Source));
}
