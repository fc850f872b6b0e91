using EventFunctions.Auditing;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EventFunctions.Composition;

/// <summary>Registers the audit trail.</summary>
internal static class AuditRegistration
{
    public static IServiceCollection AddAuditTrail(this IServiceCollection services)
    {
        services.TryAddSingleton<IAuditTrail>(p => new CosmosAuditTrail(CosmosContainers.Of(p, "audit")));
        return services.AddSingleton<AuditSubscription>().AddSingleton<IErasureParticipant, AuditErasure>();
    }
}
