using System.Security.Cryptography;
using System.Text;
using Omega.Gpt.Turns;

namespace Omega.Gpt.Resilience;

// Reading, unlocking and writing the file.
public sealed partial class KeyStore
{
    // Files are stamped by a clock that ticks in milliseconds at best.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <summary>The file as it is now; read again only where it has changed.</summary>
    private Snapshot Current()
    {
        lock (_gate)
        {
            var stamp = Stamp();
            if (_last is null || _last.Stamp != stamp || !_last.IsSettled)
                _last = new Snapshot(stamp is null ? new KeyStoreDocument() : Read(), stamp, stamp is not { } at || TimeProvider.System.GetUtcNow() - at.Item1 > Settling);
            return _last;
        }
    }

    private (DateTime, long)? Stamp()
    {
        var file = new FileInfo(Path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : null;
    }

    private KeyStoreDocument Read()
    {
        try
        {
            var length = new FileInfo(Path).Length;
            return length <= KeyStoreDocument.MaxBytes
                ? KeyStoreDocument.Read(File.ReadAllBytes(Path))
                : throw new FormatException($"it has {length} bytes; allowed: {KeyStoreDocument.MaxBytes}.");
        }
        catch (FormatException exception)
        {
            throw Locked($"The key store {Path} is damaged and left as it is: {exception.Message} Restore it, or move it away and add the keys again.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Locked($"The key store {Path} could not be read: {exception.Message}", exception);
        }
    }

    private IReadOnlyList<(StoredKey Key, string Secret)> Unlock(Snapshot snapshot)
    {
        lock (_gate)
        {
            var passphrase = Passphrase();
            if (snapshot.Opened is { } opened && opened.Passphrase == passphrase)
                return opened.Keys;
            var seal = Seal(snapshot.Document);
            var keys = snapshot.Document.Keys.Select(key => (key, seal.Open(key.Provider, key.Id, key.Sealed) ?? throw CannotOpen(snapshot.Document, key.Id))).ToList();
            snapshot.Opened = (passphrase, keys);
            return keys;
        }
    }

    private async ValueTask<StoredKey> ChangeAsync(Func<List<StoredKey>, KeySeal, StoredKey> change, CancellationToken cancellationToken, bool needsSeal = true)
    {
        using var held = await FileLock.AcquireAsync(Path + ".lock", $"The key store {Path} is being changed by another program.", cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _last = null;
            var snapshot = Current();
            var document = snapshot.Document;
            if (document.Keys.Count == 0 && needsSeal)
                document = Begin();
            // Under another passphrase than the rest a key would be lost to everyone.
            if (needsSeal && document.Keys.Count > 0)
                Unlock(snapshot);
            var keys = document.Keys.ToList();
            var changed = change(keys, needsSeal ? Seal(document) : null!);
            try
            {
                AtomicFile.Write(Path, (document with { Keys = keys }).Write);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw Locked(exception.Message, exception);
            }

            _last = null;
            return changed;
        }
    }

    /// <summary>How a store without keys will be protected.</summary>
    private KeyStoreDocument Begin()
    {
        if (Passphrase() is not null)
            return new KeyStoreDocument { Salt = RandomNumberGenerator.GetBytes(KeySeal.SaltBytes) };
        if (!File.Exists(_keyFile))
        {
            AtomicFile.CreateFolder(System.IO.Path.GetDirectoryName(_keyFile)!);
            AtomicFile.Write(_keyFile, stream => stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeySeal.KeyBytes)) + "\n")));
        }

        return new KeyStoreDocument();
    }

    private KeySeal Seal(KeyStoreDocument document)
    {
        if (document.Salt is { } salt)
        {
            var passphrase = Passphrase() ?? throw Locked($"The key store {Path} is protected by a passphrase: set {PassphraseVariable}.");
            if (_derived is { } derived && derived.Passphrase == passphrase && derived.Iterations == document.Iterations && derived.Salt.AsSpan().SequenceEqual(salt))
                return derived.Seal;
            var seal = KeySeal.OfPassphrase(passphrase, salt, document.Iterations);
            _derived = (passphrase, salt, document.Iterations, seal);
            return seal;
        }

        try
        {
            return KeySeal.OfFile(File.ReadAllBytes(_keyFile)) ?? throw Locked($"{_keyFile} does not hold a key of 32 bytes. Restore it, or remove {Path} and add the keys again.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Locked($"{_keyFile}, which protects the key store {Path}, could not be read: {exception.Message} Restore it, or remove the store and add the keys again.", exception);
        }
    }

    private string? Passphrase() => _passphrase() is { Length: > 0 } passphrase ? passphrase : null;

    private KeyStoreException CannotOpen(KeyStoreDocument document, string id) => Locked(document.Salt is null
        ? $"The key \"{id}\" in {Path} cannot be decrypted with {_keyFile}: one of the two files is of another store, or was changed. Restore them, or remove the store and add the keys again."
        : $"The key \"{id}\" in {Path} cannot be decrypted: {PassphraseVariable} is not the passphrase it was added under, or the file was changed.");

    private static KeyStoreException Locked(string message, Exception? cause = null) => new(GptErrorKind.Authentication, message, cause) { Phase = GptPhase.Request };
}
