using EventFunctions.Publishing.DeadLetters;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>Registers what operators do with dead letters.</summary>
internal static class DeadLettersRegistration
{
    public static IServiceCollection AddDeadLetters(this IServiceCollection services) => services
        .AddSingleton<DeadLetterQueues>()
        .AddSingleton<DeadLetterResubmission>()
        .AddSingleton<IValidator<ResubmitRequest>, ResubmitValidator>();
}
