using Omega.Gpt.Providers;

namespace Omega.Gpt.Resilience;

/// <summary>
/// The keys of one provider and how they fare: which is next, by weight, and which rests. Keys of variables come first, then those of the
/// store; both are looked at again at each use. A key that was replaced begins anew. Thread-safe; one for all turns.
/// </summary>
internal sealed class KeyRing(string provider, IReadOnlyList<string> variables, Func<string, string?> read, KeyStore? store, Func<string, ProviderAuth> auth, TimeProvider time)
{
    private readonly Lock _gate = new();
    private List<Entry> _entries = [];
    private KeyStoreException? _problem;

    public string Provider => provider;

    /// <summary>The key for a new call: the next one in use, or where all rest, the one that will be back first.</summary>
    /// <returns>Null where there is none at all.</returns>
    public ProviderKey? Choose()
    {
        lock (_gate)
        {
            Refresh();
            return Next([]) ?? _entries.Where(entry => !entry.Key.IsDisabled).MinBy(entry => (entry.State, entry.Until ?? DateTimeOffset.MaxValue))?.Key;
        }
    }

    /// <summary>Another key for a call that was refused.</summary>
    /// <param name="tried">The ids of those that were asked with.</param>
    /// <returns>Null where no key in use is left.</returns>
    public ProviderKey? ChooseOther(IReadOnlyCollection<string> tried)
    {
        lock (_gate)
        {
            Refresh();
            return Next(tried);
        }
    }

    /// <summary>The provider took the key.</summary>
    public void Accepted(ProviderKey key) => Set(key, KeyState.Active, null);

    /// <summary>The provider refused the key, or something else went wrong, which says nothing of the key.</summary>
    public void Refused(ProviderKey key, GptException exception, KeyOptions options)
    {
        switch (exception.Kind)
        {
            case GptErrorKind.Authentication:
                Set(key, KeyState.Revoked, null);
                break;
            case GptErrorKind.QuotaExceeded:
                Set(key, KeyState.Exhausted, time.GetUtcNow() + options.ExhaustedFor);
                break;
            case GptErrorKind.RateLimit:
                Set(key, KeyState.Cooling, time.GetUtcNow() + (exception.RetryAfter ?? options.CoolingFor));
                break;
        }
    }

    /// <summary>Why the keys of the store cannot be had; null where they can.</summary>
    public KeyStoreException? Check()
    {
        lock (_gate)
        {
            Refresh();
            return _problem;
        }
    }

    public IReadOnlyList<KeyStatus> Describe()
    {
        lock (_gate)
        {
            Refresh();
            return
            [
                .. _entries.Select(entry => new KeyStatus(provider, entry.Key.Id, entry.Key.IsDisabled ? KeyState.Disabled : entry.State)
                {
                    Until = entry.Key.IsDisabled ? null : entry.Until,
                    Weight = entry.Key.Weight,
                    Since = entry.Key.Since,
                    IsStored = entry.Key.IsStored,
                }),
            ];
        }
    }

    /// <summary>All keys, those out of use too.</summary>
    public IReadOnlyList<ProviderKey> All()
    {
        lock (_gate)
        {
            Refresh();
            return [.. _entries.Select(entry => entry.Key)];
        }
    }

    // Smooth weighted round robin: over any run as many turns of each as its weight says, and never a burst of the heaviest.
    private ProviderKey? Next(IReadOnlyCollection<string> tried)
    {
        Entry? chosen = null;
        var total = 0;
        foreach (var entry in _entries)
        {
            if (entry.State != KeyState.Active || entry.Key.IsDisabled || tried.Contains(entry.Key.Id))
                continue;
            total += entry.Key.Weight;
            entry.Credit += entry.Key.Weight;
            if (chosen is null || entry.Credit > chosen.Credit)
                chosen = entry;
        }

        if (chosen is not null)
            chosen.Credit -= total;
        return chosen?.Key;
    }

    private void Set(ProviderKey key, KeyState state, DateTimeOffset? until)
    {
        lock (_gate)
        {
            // What became of a key that was replaced meanwhile is nobody's business any more.
            if (_entries.Find(entry => entry.Key.Id == key.Id && entry.Key.Secret == key.Secret) is { } found)
                (found.State, found.Until) = (state, until);
        }
    }

    private void Refresh()
    {
        var keys = Read();
        if (!keys.Select(key => (key.Id, key.Secret, key.Weight, key.IsDisabled)).SequenceEqual(_entries.Select(entry => (entry.Key.Id, entry.Key.Secret, entry.Key.Weight, entry.Key.IsDisabled))))
        {
            var known = _entries.ToDictionary(entry => (entry.Key.Id, entry.Key.Secret));
            _entries = [.. keys.Select(key => new Entry(key, known.GetValueOrDefault((key.Id, key.Secret))))];
        }

        var now = time.GetUtcNow();
        foreach (var entry in _entries.Where(entry => entry.Until <= now))
            (entry.State, entry.Until) = (KeyState.Active, null);
    }

    private List<ProviderKey> Read()
    {
        var keys = new List<ProviderKey>();
        foreach (var variable in variables)
        {
            foreach (var name in KeyVariables.Expand(variable))
            {
                // The same key under two names is one key.
                if (read(name)?.Trim() is { Length: > 0 } secret && keys.TrueForAll(key => key.Secret != secret))
                    keys.Add(new ProviderKey(name, secret) { Auth = auth(secret) });
            }

            // Where a provider has two variables, the second is for want of the first; it may hold a key for something else.
            if (keys.Count > 0)
                break;
        }

        try
        {
            _problem = null;
            foreach (var (key, secret) in store?.Open(provider) ?? [])
            {
                if (keys.TrueForAll(known => known.Secret != secret))
                    keys.Add(new ProviderKey(key.Id, secret) { Auth = auth(secret), Weight = key.Weight, IsDisabled = key.IsDisabled, Since = key.Since });
            }
        }
        catch (KeyStoreException exception)
        {
            _problem = exception;
        }

        return keys;
    }

    private sealed class Entry(ProviderKey key, Entry? before)
    {
        public ProviderKey Key => key;

        public KeyState State { get; set; } = before?.State ?? KeyState.Active;

        public DateTimeOffset? Until { get; set; } = before?.Until;

        public int Credit { get; set; } = before?.Credit ?? 0;
    }
}
