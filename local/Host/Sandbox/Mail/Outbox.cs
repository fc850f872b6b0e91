namespace EventFunctions.Local.Host.Sandbox.Mail;

/// <summary>Every mail the service has taken on, in memory and, where there is a folder, as files. One for each key.</summary>
internal sealed class Outbox
{
    private readonly Lock _gate = new();
    private readonly MailFiles? _files;
    private readonly TimeProvider _timeProvider;
    private readonly List<FiledMail> _mails;
    private readonly Dictionary<string, FiledMail> _byKey;

    /// <summary>Takes up what the folder has.</summary>
    /// <param name="files">Keeps them beyond the process; none keeps them as long as it runs.</param>
    /// <param name="timeProvider">The clock.</param>
    public Outbox(MailFiles? files, TimeProvider timeProvider)
    {
        _files = files;
        _timeProvider = timeProvider;
        _mails = [.. files?.Load() ?? []];
        _byKey = _mails.ToDictionary(m => m.Key, StringComparer.Ordinal);
    }

    /// <summary>The mails, oldest first.</summary>
    /// <param name="reference">Only those with this reference, if not <see langword="null"/>.</param>
    /// <param name="recipient">Only those to this address, if not <see langword="null"/>.</param>
    public IReadOnlyList<SentMail> All(string? reference, string? recipient)
    {
        lock (_gate)
        {
            return [.. _mails.Select(m => m.Mail).OfType<SentMail>().Where(m => Fits(m, reference, recipient))];
        }
    }

    /// <summary>Takes a mail on, unless one came with the same key: then the first counts, whatever this one says.</summary>
    /// <returns>The id of the mail that counts.</returns>
    public string Take(string key, MailBody body)
    {
        lock (_gate)
        {
            if (_byKey.TryGetValue(key, out var known))
            {
                return known.MailId;
            }

            var number = _mails.Count == 0 ? 1 : _mails[^1].Number + 1;
            var mail = new SentMail(FiledMail.IdOf(number), body.From!, body.To!, body.Subject!, body.Text!, body.Reference, _timeProvider.GetUtcNow());
            var filed = new FiledMail(number, key, mail);
            _files?.Write(filed);
            _byKey.Add(key, filed);
            _mails.Add(filed);
            return filed.MailId;
        }
    }

    /// <summary>Deletes mails. Their keys stay: what was sent once is not sent again because it is forgotten.</summary>
    /// <returns>How many there were.</returns>
    public int Forget(string? reference, string? recipient)
    {
        lock (_gate)
        {
            var forgotten = 0;
            for (var at = 0; at < _mails.Count; at++)
            {
                if (_mails[at].Mail is { } mail && Fits(mail, reference, recipient))
                {
                    var empty = _mails[at] with { Mail = null };
                    _files?.Write(empty);
                    _mails[at] = empty;
                    forgotten++;
                }
            }

            return forgotten;
        }
    }

    private static bool Fits(SentMail mail, string? reference, string? recipient) =>
        (reference is null || mail.Reference == reference)
        && (recipient is null || string.Equals(mail.To, recipient, StringComparison.OrdinalIgnoreCase));
}
