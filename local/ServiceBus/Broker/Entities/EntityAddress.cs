using System.Runtime.InteropServices;

namespace EventFunctions.Local.ServiceBus;

/// <summary>Which queue a change is of: what the log says instead of a path, which may be taken by another entity later.</summary>
/// <param name="Entity">The number of the queue, topic or subscription; never given twice.</param>
/// <param name="Part">Which of its queues.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EntityAddress(uint Entity, EntityPart Part = EntityPart.Main);

/// <summary>The queues of an entity. Stored: a number keeps its meaning.</summary>
internal enum EntityPart : byte
{
    /// <summary>The entity itself.</summary>
    Main = 0,

    /// <summary>Its dead-letter queue.</summary>
    DeadLetter = 1,

    /// <summary>Its transfer dead-letter queue.</summary>
    TransferDeadLetter = 2,
}
