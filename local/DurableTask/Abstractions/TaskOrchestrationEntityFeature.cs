namespace Microsoft.DurableTask.Entities
{
    /// <summary>Stands for durable entities, which are not supported: code that uses them doesn't compile against this runtime.</summary>
#pragma warning disable S1694, CA1052, MA0036 // The real type is abstract; none of its members are supported.
    public abstract class TaskOrchestrationEntityFeature
    {
    }
#pragma warning restore S1694, CA1052, MA0036
}

namespace Microsoft.DurableTask.Client.Entities
{
    /// <summary>Stands for durable entities, which are not supported: code that uses them doesn't compile against this runtime.</summary>
    public abstract class DurableEntityClient
    {
        /// <summary>Makes a client of a name.</summary>
        protected DurableEntityClient(string name) => Name = name;

        /// <summary>The client's name.</summary>
        public string Name { get; }
    }
}
