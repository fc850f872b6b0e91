using System.Collections;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Invocation;

/// <summary>One invocation in the local runtime.</summary>
internal sealed class LocalFunctionContext(
    FunctionInvocation invocation,
    InvocationRequest request,
    TraceContext trace,
    IServiceProvider services,
    CancellationToken cancellationToken) : FunctionContext
{
    private readonly LocalBindingContext _binding = new(request.BindingData);

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => invocation.Function.Definition.Id;

    public override TraceContext TraceContext { get; } = trace;

    public override BindingContext BindingContext => _binding;

    // The declared type says otherwise, but there is no retry context where the function has no policy: as on Azure.
    public override RetryContext RetryContext => request.Retry!;

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition => invocation.Function.Definition;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new InvocationFeatures(invocation);

    public override CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>Metadata of the trigger, made only when somebody asks.</summary>
internal sealed class LocalBindingContext(Func<IReadOnlyDictionary<string, object?>> read) : BindingContext
{
    private IReadOnlyDictionary<string, object?>? _data;

    public override IReadOnlyDictionary<string, object?> BindingData => _data ??= read();
}

internal sealed class LocalTraceContext(string parent, string state) : TraceContext
{
    public override string TraceParent => parent;

    public override string TraceState => state;
}

internal sealed class InvocationFeatures : IInvocationFeatures
{
    private readonly Dictionary<Type, object> _features = [];

    public InvocationFeatures(FunctionInvocation invocation) => Set(invocation);

    public void Set<T>(T instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        _features[typeof(T)] = instance;
    }

    public T? Get<T>() => _features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _features.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
