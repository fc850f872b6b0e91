namespace EventFunctions.Local.DurableTask;

/// <summary>Lets effects loose: into the queues of the workers, to the timers, and to those who wait for a change.</summary>
internal sealed class EffectRelease(WorkQueue<InstanceEntry> ready, WorkQueue<ActivityWork> activities, TimerQueue timers, InstanceSignals signals)
{
    /// <summary>Lets one loose. Neither throws nor waits.</summary>
    public void Release(HubEffect effect)
    {
        switch (effect)
        {
            case HubEffect.Ready(var instance):
                ready.Add(instance);
                break;
            case HubEffect.Run(var work):
                activities.Add(work);
                break;
            case HubEffect.Arm(var timer):
                timers.Add(timer);
                break;
            case HubEffect.Disarm(var timer):
                timers.Remove(timer);
                break;
            case HubEffect.Changed(var instanceId):
                signals.Changed(instanceId);
                break;
            default:
                throw new InvalidOperationException($"{effect.GetType().Name} has no meaning here.");
        }
    }

    /// <summary>Lets several loose, in their order.</summary>
    public void ReleaseAll(IEnumerable<HubEffect> effects)
    {
        foreach (var effect in effects)
        {
            Release(effect);
        }
    }
}
