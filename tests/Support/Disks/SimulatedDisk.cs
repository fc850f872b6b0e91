using EventFunctions.Local.Journal.Files;

namespace EventFunctions.Tests.Support.Disks;

/// <summary>
/// A folder on a disk that is as unkind as disks may be. What was not synced may be lost with the power, in any part and any order;
/// a write may be cut short where the disk is full; and what a failed sync did not put on the disk no later one does, though it can
/// still be read (Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020).
/// </summary>
/// <param name="random">Decides what is lost.</param>
public sealed class SimulatedDisk(Random random)
{
    private readonly Lock _gate = new();
    private readonly List<NameChange> _unsynced = [];
    private Dictionary<string, SimulatedFile> _names = new(StringComparer.Ordinal);
    private Dictionary<string, SimulatedFile> _syncedNames = new(StringComparer.Ordinal);
    private int _generation;
    private int? _stepsLeft;
    private DiskFault _fault;
    private bool _isOff;

    /// <summary>How often something was synced.</summary>
    public int Syncs { get; private set; }

    /// <summary>Held by whoever wants all syncs to wait.</summary>
    public SemaphoreSlim SyncGate { get; } = new(1, 1);

    /// <summary>Opens the folder; what was opened before works no more, as after the end of a process.</summary>
    public IJournalFolder Open()
    {
        lock (_gate)
        {
            _generation++;
            return new SimulatedFolder(this, _generation);
        }
    }

    /// <summary>The next change or sync that it fits fails in this way; <see cref="DiskFault.None"/> takes it back.</summary>
    public void FailNext(DiskFault fault)
    {
        lock (_gate)
        {
            _fault = fault;
        }
    }

    /// <summary>Takes the power away in the middle of some change to come.</summary>
    /// <param name="steps">How many changes and syncs succeed before.</param>
    public void LosePowerAfter(int steps)
    {
        lock (_gate)
        {
            _stepsLeft = steps;
        }
    }

    /// <summary>Takes the power away (if it is not yet), and gives it back: what was not synced is there in part, or not at all.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _generation++;
            (_isOff, _stepsLeft, _fault) = (false, null, DiskFault.None);
            foreach (var change in _unsynced.Where(_ => random.Next(2) == 0))
            {
                change.ApplyTo(_syncedNames);
            }

            _unsynced.Clear();
            _names = new(_syncedNames, StringComparer.Ordinal);
            foreach (var file in _names.Values.Distinct())
            {
                file.LosePower(random);
            }
        }
    }

    /// <summary>The names of the files.</summary>
    public IReadOnlyList<string> List()
    {
        lock (_gate)
        {
            return [.. _names.Keys];
        }
    }

    /// <summary>A file's bytes, safely on the disk; for a test that damages them.</summary>
    public byte[] ReadAll(string name)
    {
        lock (_gate)
        {
            return _names[name].ReadAll();
        }
    }

    /// <summary>Puts a file on the disk, safely.</summary>
    public void Put(string name, byte[] bytes)
    {
        lock (_gate)
        {
            _names[name] = _syncedNames[name] = new SimulatedFile(bytes);
        }
    }

    /// <summary>Takes a file off the disk, safely.</summary>
    public void Remove(string name)
    {
        lock (_gate)
        {
            _names.Remove(name);
            _syncedNames.Remove(name);
        }
    }

    internal T Read<T>(int generation, Func<T> read)
    {
        lock (_gate)
        {
            ThrowIfGone(generation);
            return read();
        }
    }

    internal SimulatedFile OpenFile(int generation, string name)
    {
        lock (_gate)
        {
            ThrowIfGone(generation);
            if (!_names.TryGetValue(name, out var file))
            {
                Step();
                file = new SimulatedFile([]);
                Change(new NameChange(Removed: null, name, file));
            }

            return file;
        }
    }

    internal void Rename(int generation, string from, string to)
    {
        lock (_gate)
        {
            ThrowIfGone(generation);
            Step();
            Change(new NameChange(from, to, _names[from]));
        }
    }

    internal void Delete(int generation, string name)
    {
        lock (_gate)
        {
            ThrowIfGone(generation);
            Step();
            Change(new NameChange(name, Added: null, File: null));
        }
    }

    internal void Write(int generation, SimulatedFile file, ReadOnlySpan<byte> bytes, long offset)
    {
        lock (_gate)
        {
            ThrowIfGone(generation);
            if (_stepsLeft == 0 || Takes(DiskFault.FullDisk))
            {
                file.Write(bytes[..random.Next(bytes.Length + 1)], offset);
                Step();
                throw new IOException("No space left on device.");
            }

            Step();
            file.Write(bytes, offset);
        }
    }

    internal void Truncate(int generation, SimulatedFile file, long length)
    {
        lock (_gate)
        {
            ThrowIfGone(generation);
            Step();
            file.Truncate(length);
        }
    }

    internal void Sync(int generation, SimulatedFile? file)
    {
        SyncGate.Wait();
        try
        {
            lock (_gate)
            {
                ThrowIfGone(generation);
                Step();
                Syncs++;
                if (file is null)
                {
                    _unsynced.ForEach(c => c.ApplyTo(_syncedNames));
                    _unsynced.Clear();
                }
                else if (Takes(DiskFault.FailedSync))
                {
                    file.FailSync(random);
                    throw new IOException("Input/output error.");
                }
                else
                {
                    file.Sync();
                }
            }
        }
        finally
        {
            SyncGate.Release();
        }
    }

    private void Change(NameChange change)
    {
        change.ApplyTo(_names);
        _unsynced.Add(change);
    }

    private bool Takes(DiskFault fault)
    {
        if (_fault != fault)
        {
            return false;
        }

        _fault = DiskFault.None;
        return true;
    }

    private void Step()
    {
        if (_stepsLeft is { } left)
        {
            _isOff = left == 0;
            _stepsLeft = left - 1;
            ThrowIfGone(_generation);
        }
    }

    private void ThrowIfGone(int generation)
    {
        if (_isOff || generation != _generation)
        {
            throw new IOException("The power is off.");
        }
    }
}
