using System.Reflection;

namespace Microsoft.DurableTask;

/// <summary>Why a task or an orchestration failed, in a form that survives the process: the exception itself does not.</summary>
/// <param name="ErrorType">The exception's full type name.</param>
/// <param name="ErrorMessage">The exception's message.</param>
/// <param name="StackTrace">Where it was thrown.</param>
/// <param name="InnerFailure">What caused it, if something else did.</param>
/// <param name="Properties">Further properties of the exception.</param>
public record TaskFailureDetails(
    string ErrorType,
    string ErrorMessage,
    string? StackTrace,
    TaskFailureDetails? InnerFailure,
    IDictionary<string, object?>? Properties)
{
    /// <summary>The details of an exception and of its inner exceptions.</summary>
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var inner = exception switch
        {
            TaskFailedException failed => failed.FailureDetails,
            { InnerException: { } cause } => FromException(cause),
            _ => null,
        };
        return new TaskFailureDetails(
            exception.GetType().FullName ?? exception.GetType().Name, exception.Message, exception.StackTrace, inner, Properties: null);
    }

    /// <summary>Whether the failure was an exception of the given type or of one derived from it. Inner failures don't count.</summary>
    /// <exception cref="AmbiguousMatchException">Several loaded assemblies declare a type of that name.</exception>
    public bool IsCausedBy<T>()
        where T : Exception => IsCausedBy(typeof(T));

    /// <summary>Whether the failure was an exception of the given type or of one derived from it. Inner failures don't count.</summary>
    /// <exception cref="ArgumentException">The type is not an exception's.</exception>
    /// <exception cref="AmbiguousMatchException">Several loaded assemblies declare a type of that name.</exception>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
        {
            throw new ArgumentException($"{targetBaseExceptionType} is not an exception type.", nameof(targetBaseExceptionType));
        }

        if (targetBaseExceptionType.FullName == ErrorType)
        {
            return true;
        }

        var candidates = AppDomain.CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType(ErrorType, throwOnError: false))
            .OfType<Type>()
            .Distinct()
            .ToList();
        return candidates.Count switch
        {
            0 => false,
            1 => targetBaseExceptionType.IsAssignableFrom(candidates[0]),
            _ => throw new AmbiguousMatchException(
                $"{ErrorType} is declared by {string.Join(" and ", candidates.Select(c => c.Assembly.GetName().Name))}."),
        };
    }

    /// <summary>The error's type and message.</summary>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";
}
