using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Resilience;

/// <summary>
/// Keys of providers in one encrypted file, for its owner alone. What encrypts them is a passphrase, else 32 random bytes in a key file.
/// Changes by any process are seen at the next use. Thread-safe, and safe between processes on one machine.
/// </summary>
public sealed partial class KeyStore
{
    private const int MaxSecret = 4096;
    private const int MaxId = 40;

    private readonly string _keyFile;
    private readonly Func<string?> _passphrase;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private Snapshot? _last;
    private (string Passphrase, byte[] Salt, int Iterations, KeySeal Seal)? _derived;

    /// <summary>Opens a store. Nothing is read or created yet.</summary>
    /// <param name="path">The file, such as <c>keys.json</c> in the folder of the conversations.</param>
    /// <param name="keyFile">The file of what encrypts the keys where there is no passphrase; null for one beside the store that ends in <c>.key</c>.</param>
    /// <param name="passphrase">Gives the passphrase; null, or a callback that gives null, for none.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public KeyStore(string path, string? keyFile = null, Func<string?>? passphrase = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = System.IO.Path.GetFullPath(path);
        _keyFile = keyFile is null ? System.IO.Path.ChangeExtension(Path, ".key") : System.IO.Path.GetFullPath(keyFile);
        _passphrase = passphrase ?? (static () => null);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The variable that programs take the passphrase from.</summary>
    public const string PassphraseVariable = "OMEGA_KEYS_PASSPHRASE";

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What the store says of its keys, in the order in which they were added; empty where there is no file. Nothing is decrypted.</summary>
    /// <exception cref="KeyStoreException">The file is damaged or cannot be read; it is left as it is.</exception>
    public IReadOnlyList<StoredKey> List() => Current().Document.Keys;

    /// <summary>What a person should mend: files that others on this machine can read.</summary>
    public IReadOnlyList<string> Warnings()
    {
        var warnings = new List<string>();
        foreach (var file in (string[])[Path, _keyFile])
        {
            if (!OperatingSystem.IsWindows() && File.Exists(file) && (File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
                warnings.Add($"{file} can be read by others on this machine: chmod 600 {file}");
        }

        return warnings;
    }

    /// <summary>Adds a key.</summary>
    /// <param name="provider">Whose key it is.</param>
    /// <param name="secret">The key.</param>
    /// <param name="id">Its name in the store (<c>a-z 0-9 _ -</c>, up to 40); null for the provider's name and a number.</param>
    /// <param name="weight">Its share beside the provider's other keys, from 1 to 100.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KeyStoreException">The id is taken, the key is there already or is none, or the store cannot be read or written.</exception>
    public ValueTask<StoredKey> AddAsync(string provider, string secret, string? id = null, int weight = 1, CancellationToken cancellationToken = default)
    {
        secret = CheckSecret(secret);
        if (id is not null)
            CheckId(id);
        if (weight is < 1 or > KeyStoreDocument.MaxWeight)
            throw Nonsense($"The weight is {weight}; allowed: 1 to {KeyStoreDocument.MaxWeight}.");
        return ChangeAsync(
            (keys, seal) =>
            {
                if (keys.Count >= KeyStoreDocument.MaxKeys)
                    throw Nonsense($"The key store is full: it holds {keys.Count} keys. Remove some: omega keys remove ID");
                var name = id ?? FreeId(provider, keys);
                if (keys.Any(key => key.Id == name))
                    throw Nonsense($"There is a key \"{name}\" already. To replace it: omega keys rotate {name}");
                RefuseTwice(keys, seal, provider, secret);
                var added = new StoredKey(name, provider) { Weight = weight, Added = _time.GetUtcNow(), Sealed = seal.Close(provider, name, secret) };
                keys.Add(added);
                return added;
            },
            cancellationToken);
    }

    /// <summary>Puts another key in the place of one.</summary>
    /// <param name="id">The one to replace; its id, weight and state of use stay.</param>
    /// <param name="secret">The new key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KeyStoreException">There is no such key, the new one is there already or is none, or the store cannot be read or written.</exception>
    public ValueTask<StoredKey> RotateAsync(string id, string secret, CancellationToken cancellationToken = default)
    {
        secret = CheckSecret(secret);
        return ChangeAsync(
            (keys, seal) =>
            {
                var index = Find(keys, id);
                RefuseTwice(keys, seal, keys[index].Provider, secret);
                return keys[index] = keys[index] with { Rotated = _time.GetUtcNow(), Sealed = seal.Close(keys[index].Provider, id, secret) };
            },
            cancellationToken);
    }

    /// <summary>Puts a key out of use, or back into use.</summary>
    /// <param name="id">The key.</param>
    /// <param name="isDisabled">Whether it is out of use from now on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KeyStoreException">There is no such key, or the store cannot be read or written.</exception>
    public ValueTask<StoredKey> DisableAsync(string id, bool isDisabled = true, CancellationToken cancellationToken = default) =>
        ChangeAsync((keys, _) => keys[Find(keys, id)] = keys[Find(keys, id)] with { IsDisabled = isDisabled }, cancellationToken, needsSeal: false);

    /// <summary>Removes a key for good.</summary>
    /// <param name="id">The key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KeyStoreException">There is no such key, or the store cannot be read or written.</exception>
    public ValueTask<StoredKey> RemoveAsync(string id, CancellationToken cancellationToken = default) => ChangeAsync(
        (keys, _) =>
        {
            var index = Find(keys, id);
            var removed = keys[index];
            keys.RemoveAt(index);
            return removed;
        },
        cancellationToken,
        needsSeal: false);

    /// <summary>The keys of a provider, decrypted. The same list again while neither file nor passphrase changed.</summary>
    /// <exception cref="KeyStoreException">The store cannot be read or unlocked.</exception>
    internal IReadOnlyList<(StoredKey Key, string Secret)> Open(string provider)
    {
        var snapshot = Current();
        return snapshot.Document.Keys.Any(key => key.Provider == provider)
            ? [.. Unlock(snapshot).Where(key => key.Key.Provider == provider)]
            : [];
    }

    private static int Find(List<StoredKey> keys, string id)
    {
        var index = keys.FindIndex(key => key.Id == id);
        return index >= 0 ? index : throw Nonsense($"There is no key \"{Shown(id)}\" in the store.{(keys.Count == 0 ? " It is empty." : $" There are: {string.Join(", ", keys.Select(key => key.Id))}.")}");
    }

    private static string FreeId(string provider, List<StoredKey> keys)
    {
        for (var number = 1; ; number++)
        {
            var id = $"{provider}-{number}";
            if (keys.All(key => key.Id != id))
                return id;
        }
    }

    private static void RefuseTwice(List<StoredKey> keys, KeySeal seal, string provider, string secret)
    {
        foreach (var key in keys.Where(key => key.Provider == provider))
        {
            if (seal.Open(provider, key.Id, key.Sealed) == secret)
                throw Nonsense($"This key is in the store already, as {key.Id}.");
        }
    }

    private static string CheckSecret(string secret)
    {
        secret = secret.Trim();
        if (secret.Length is 0 or > MaxSecret)
            throw Nonsense($"The key has {secret.Length} characters; allowed: 1 to {MaxSecret}.");
        if (secret.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw Nonsense("The key has white space, control characters or characters beyond ASCII; one key and nothing else is wanted.");
        return secret;
    }

    private static void CheckId(string id)
    {
        if (id.Length is 0 or > MaxId || id.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_')))
            throw Nonsense($"\"{Shown(id)}\" cannot be a key's name: up to {MaxId} of a-z, 0-9, - and _.");
    }

    // A key that was given in the place of an id is not to be repeated.
    private static string Shown(string id) => id.Length > MaxId ? "…" : ProviderError.Redact(id, null);

    private static KeyStoreException Nonsense(string message) => new(GptErrorKind.BadRequest, message) { Phase = GptPhase.Request };

    /// <param name="Document">The file.</param>
    /// <param name="Stamp">When it was written and how long it is; null where there is none.</param>
    /// <param name="IsSettled">Whether it was written long enough ago for the next write to have another time.</param>
    private sealed record Snapshot(KeyStoreDocument Document, (DateTime Written, long Bytes)? Stamp, bool IsSettled)
    {
        /// <summary>The keys decrypted, and under what; null before anyone asked.</summary>
        public (string? Passphrase, IReadOnlyList<(StoredKey Key, string Secret)> Keys)? Opened { get; set; }
    }
}
