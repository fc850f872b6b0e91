// Each class that needs a runtime of its own starts the whole back end; two at a time would only slow each other down.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
