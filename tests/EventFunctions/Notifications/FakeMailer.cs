using System.Collections.Concurrent;
using EventFunctions.Notifications.Mail;

namespace EventFunctions.Tests.Notifications;

/// <summary>A mail service with books: of several mails with one key the first counts.</summary>
internal sealed class FakeMailer : IMailer
{
    private readonly ConcurrentDictionary<Guid, MailMessage> _sent = new();

    /// <summary>Runs before a mail is taken on; what it throws, the mail service does not have.</summary>
    public Func<MailMessage, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs after a mail was taken on; what it throws, the caller hears instead of the answer.</summary>
    public Func<MailMessage, Task> After { get; set; } = _ => Task.CompletedTask;

    /// <summary>The key of every call, in order.</summary>
    public ConcurrentQueue<Guid> Calls { get; } = [];

    /// <summary>The mails that were taken on, in no particular order.</summary>
    public IReadOnlyCollection<MailMessage> Sent => [.. _sent.Values];

    /// <summary>The mails as a line each, sorted.</summary>
    public IReadOnlyList<string> Lines => [.. _sent.Values.Select(m => $"{m.To}: {m.Subject}").Order(StringComparer.Ordinal)];

    public async Task SendAsync(MailMessage message, Guid key, CancellationToken cancellationToken)
    {
        Calls.Enqueue(key);
        await Before(message);
        _sent.TryAdd(key, message);
        await After(message);
    }

    public Task<int> ForgetAsync(string reference, CancellationToken cancellationToken) =>
        Task.FromResult(_sent.Where(m => m.Value.Reference == reference).Count(m => _sent.TryRemove(m)));
}
