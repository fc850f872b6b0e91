using EventFunctions.Domain.Notifications;
using EventFunctions.EventSourcing;
using EventFunctions.Notifications;
using EventFunctions.Notifications.Mail;
using EventFunctions.Notifications.Reactions;
using EventFunctions.Notifications.Templates;
using EventFunctions.Notifications.Views;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EventFunctions.Composition;

/// <summary>Registers what tells people what happened.</summary>
internal static class NotificationsRegistration
{
    private const string Mail = "Mail";

    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddSettings<NotificationsOptions>("Notifications")
            .Validate(o => o.OperatorsAddress is null || o.HasAddress, "'Notifications:OperatorsAddress' must be an e-mail address.");
        services.AddProvider<MailOptions>(Mail)
            .Validate(o => o.From is null || o.HasSender, "'Mail:From' must be an e-mail address.");
        services.TryAddTransient<IMailer>(p => new HttpMailer(
            p.GetRequiredService<IHttpClientFactory>().CreateClient(Mail), p.GetRequiredService<IOptions<MailOptions>>().Value.From!));
        services.TryAddTransient<INotifier, MailNotifier>();
        return services
            .AddSingleton<MailTexts>()
            .AddTransient<MailRecipients>()
            .AddTransient<EventMails>()
            .AddSingleton<CustomerMails>()
            .AddTransient<IErasureParticipant, MailErasure>()
            .AddProjection<CustomerNotificationProjection, NotificationView>(Notification.Category);
    }
}
