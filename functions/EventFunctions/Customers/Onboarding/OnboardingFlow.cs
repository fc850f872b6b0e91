using System.Diagnostics;
using EventFunctions.Notifications.Templates;
using Microsoft.DurableTask;
using static EventFunctions.Customers.Onboarding.OnboardingState;

namespace EventFunctions.Customers.Onboarding;

/// <summary>
/// One customer's way from registration to a verified address, or to the end of the time for it. Each state does one thing and
/// tells what came of it; <see cref="OnboardingTransitions"/> say what is next. May await nothing but durable tasks.
/// </summary>
/// <param name="context">The orchestration.</param>
/// <param name="input">What it was started with.</param>
public sealed class OnboardingFlow(TaskOrchestrationContext context, OnboardingInput input)
{
    private readonly DateTime _start = context.CurrentUtcDateTime;
    private readonly TaskOptions _retry = input.Settings.Step.ToOptions();

    // One waiter, alive through the whole saga: a second one for the same event would take turns with it.
    private readonly Task<AccountNotice> _notice = context.WaitForExternalEvent<AccountNotice>(OnboardingEvents.AccountChanged);
    private int _failedMails;

    /// <summary>Runs to the end.</summary>
    public async Task<OnboardingStatus> RunAsync()
    {
        var state = OnboardingTransitions.Start;
        Show(state);
        while (!OnboardingTransitions.IsEnd(state))
        {
            state = OnboardingTransitions.Next(state, await StayAsync(state));
            Show(state);
        }

        return new OnboardingStatus(state.ToString(), _failedMails);
    }

    private Task<OnboardingTrigger> StayAsync(OnboardingState state) => state switch
    {
        Inviting => MailAsync(MailTemplates.VerifyAddress),
        Invited => WaitAsync(input.Settings.FirstReminder, OnboardingTrigger.ReminderDue),
        Reminding => MailAsync(MailTemplates.VerifyAddressReminder),
        Reminded => WaitAsync(input.Settings.SecondReminder, OnboardingTrigger.ReminderDue),
        RemindingAgain => MailAsync(MailTemplates.VerifyAddressLastReminder),
        RemindedAgain => WaitAsync(input.Settings.Expiry, OnboardingTrigger.ExpiryDue),
        Expiring => ExpireAsync(),
        _ => throw new UnreachableException($"Nothing happens in '{state}'."),
    };

    private async Task<OnboardingTrigger> MailAsync(MailTemplate template)
    {
        try
        {
            var step = new VerificationMailStep(input.Trace, template.Name);
            return (await context.CallActivityAsync<OnboardingStepOutcome>(OnboardingSteps.SendVerificationMail, step, _retry)).ToTrigger();
        }
        catch (TaskFailedException)
        {
            // All retries are used up. The customer can still ask for another mail by changing the address, and the time runs on.
            _failedMails++;
            return OnboardingTrigger.MailFailed;
        }
    }

    /// <summary>Waits for word of the account, until a time after the start.</summary>
    private async Task<OnboardingTrigger> WaitAsync(TimeSpan after, OnboardingTrigger due)
    {
        if (!_notice.IsCompleted)
        {
            using var stop = new CancellationTokenSource();
            var timer = context.CreateTimer(_start + after, stop.Token);
            if (await Task.WhenAny(_notice, timer) == timer)
            {
                return due;
            }

#pragma warning disable CA1849, MA0042 // CancelAsync would run the cancellation on another thread, which an orchestration must not do.
            stop.Cancel();
#pragma warning restore CA1849, MA0042
        }

        return (await _notice).IsOpen ? OnboardingTrigger.AddressVerified : OnboardingTrigger.AccountClosed;
    }

    private async Task<OnboardingTrigger> ExpireAsync()
    {
        try
        {
            return (await context.CallActivityAsync<OnboardingStepOutcome>(OnboardingSteps.ExpireRegistration, new ExpiryStep(input.Trace), _retry)).ToTrigger();
        }
        catch (TaskFailedException)
        {
            return OnboardingTrigger.ExpiryFailed;
        }
    }

    private void Show(OnboardingState state) => context.SetCustomStatus(new OnboardingStatus(state.ToString(), _failedMails));
}
