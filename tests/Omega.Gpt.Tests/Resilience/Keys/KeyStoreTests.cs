using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Omega.Gpt.Resilience;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Resilience.Keys;

public sealed class KeyStoreTests : IDisposable
{
    private const string Secret = "sk-planted-0123456789";

    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    private string Path => _folder.At("home", "keys.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AddAsync_Keys_AreThereInAnotherStoreOfTheSameFileAndNowhereInPlain()
    {
        var added = await Open().AddAsync("openai", $" {Secret}\n", weight: 3, cancellationToken: None);
        await Open().AddAsync("openai", "sk-other-0123456789", "spare", cancellationToken: None);

        Assert.Equal(("openai-1", 3, _time.GetUtcNow()), (added.Id, added.Weight, added.Since));
        Assert.Equal([("openai-1", Secret), ("spare", "sk-other-0123456789")], Open().Open("openai").Select(key => (key.Key.Id, key.Secret)));
        Assert.Empty(Open().Open("anthropic"));
        Assert.Equal(["keys.json", "keys.key"], Directory.GetFiles(_folder.At("home")).Select(System.IO.Path.GetFileName).Order());
        foreach (var file in Directory.GetFiles(_folder.At("home")))
        {
            var text = await File.ReadAllTextAsync(file, None);
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))[..12], text, StringComparison.Ordinal);
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public void List_NoFile_IsEmptyAndMakesNothing()
    {
        Assert.Empty(Open().List());
        Assert.False(Directory.Exists(_folder.At("home")));
    }

    [Fact]
    public async Task RotateDisableRemove_Key_IsSeenByAStoreThatWasOpenAlready()
    {
        var other = Open();
        await Open().AddAsync("openai", Secret, weight: 2, cancellationToken: None);
        Assert.Equal(Secret, Assert.Single(other.Open("openai")).Secret);

        _time.Advance(TimeSpan.FromDays(30));
        await Open().RotateAsync("openai-1", "sk-new-key", None);
        var (rotated, secret) = Assert.Single(other.Open("openai"));
        Assert.Equal(("sk-new-key", 2, _time.GetUtcNow(), _time.GetUtcNow() - TimeSpan.FromDays(30)), (secret, rotated.Weight, rotated.Since, rotated.Added));

        await Open().DisableAsync("openai-1", cancellationToken: None);
        Assert.True(Assert.Single(other.List()).IsDisabled);
        await Open().DisableAsync("openai-1", isDisabled: false, None);
        Assert.False(Assert.Single(other.List()).IsDisabled);

        await Open().RemoveAsync("openai-1", None);
        Assert.Empty(other.List());
    }

    [Fact]
    public async Task AddAsync_FromManyStoresAtOnce_LosesNone()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(async () => await Open().AddAsync("openai", $"sk-{number}", cancellationToken: None))));

        Assert.Equal(Enumerable.Range(0, 12).Select(number => $"sk-{number}").Order(), Open().Open("openai").Select(key => key.Secret).Order());
        Assert.Equal(12, Open().List().DistinctBy(key => key.Id).Count());
    }

    public static TheoryData<string, string?, int, string> Nonsense => new()
    {
        { "", null, 1, "The key has 0 characters; allowed: 1 to 4096." },
        { "two words", null, 1, "The key has white space, control characters or characters beyond ASCII; one key and nothing else is wanted." },
        { "schlüssel", null, 1, "The key has white space, control characters or characters beyond ASCII; one key and nothing else is wanted." },
        { "k", "Upper", 1, "\"Upper\" cannot be a key's name: up to 40 of a-z, 0-9, - and _." },
        { "k", "sk-proj-ABCDEFGHIJKLMNOP", 1, "\"[key]\" cannot be a key's name: up to 40 of a-z, 0-9, - and _." },
        { "k", null, 0, "The weight is 0; allowed: 1 to 100." },
        { Secret, null, 1, "This key is in the store already, as openai-1." },
        { "k", "openai-1", 1, "There is a key \"openai-1\" already. To replace it: omega keys rotate openai-1" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task AddAsync_Nonsense_SaysWhatIsWantedAndChangesNothing(string secret, string? id, int weight, string message)
    {
        await Open().AddAsync("openai", Secret, cancellationToken: None);
        var before = await File.ReadAllBytesAsync(Path, None);

        var error = await Assert.ThrowsAsync<KeyStoreException>(async () => await Open().AddAsync("openai", secret, id, weight, None));

        Assert.Equal((GptErrorKind.BadRequest, message), (error.Kind, error.Message));
        Assert.Equal(before, await File.ReadAllBytesAsync(Path, None));
    }

    [Fact]
    public async Task RemoveAsync_UnknownId_NamesThoseThereAreButNoKey()
    {
        await Open().AddAsync("openai", Secret, cancellationToken: None);

        Assert.Equal("There is no key \"opnai\" in the store. There are: openai-1.", (await Failure(Open().RemoveAsync("opnai", None))).Message);
        Assert.Equal("There is no key \"[key]\" in the store. There are: openai-1.", (await Failure(Open().RotateAsync(Secret, "new", None))).Message);
    }

    [Fact]
    public async Task Open_Passphrase_IsNeededAndHasToBeTheSame()
    {
        await Open("correct horse").AddAsync("openai", Secret, cancellationToken: None);

        Assert.False(File.Exists(_folder.At("home", "keys.key")));
        Assert.Equal(Secret, Assert.Single(Open("correct horse").Open("openai")).Secret);
        Assert.Single(Open().List());
        Assert.Equal($"The key store {Path} is protected by a passphrase: set OMEGA_KEYS_PASSPHRASE.", Assert.Throws<KeyStoreException>(() => Open().Open("openai")).Message);
        foreach (var wrong in (Func<Task>[])[() => Task.FromResult(Open("battery").Open("openai")), () => Open("battery").AddAsync("xai", "k", cancellationToken: None).AsTask()])
        {
            var error = await Assert.ThrowsAsync<KeyStoreException>(wrong);
            Assert.Equal((GptErrorKind.Authentication, $"The key \"openai-1\" in {Path} cannot be decrypted: OMEGA_KEYS_PASSPHRASE is not the passphrase it was added under, or the file was changed."), (error.Kind, error.Message));
        }

        await Open().RemoveAsync("openai-1", None);
        Assert.Empty(Open().List());
    }

    [Fact]
    public async Task Open_KeyMovedToAnotherProviderByHand_IsNotGivenOut()
    {
        await Open().AddAsync("openai", Secret, cancellationToken: None);
        await File.WriteAllTextAsync(Path, (await File.ReadAllTextAsync(Path, None)).Replace("\"provider\": \"openai\"", "\"provider\": \"compatible\"", StringComparison.Ordinal), None);

        var error = Assert.Throws<KeyStoreException>(() => Open().Open("compatible"));
        Assert.StartsWith($"The key \"openai-1\" in {Path} cannot be decrypted with {_folder.At("home", "keys.key")}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_KeyFileGone_SaysWhichAndWhatToDo()
    {
        await Open().AddAsync("openai", Secret, cancellationToken: None);
        File.Delete(_folder.At("home", "keys.key"));

        Assert.StartsWith($"{_folder.At("home", "keys.key")}, which protects the key store {Path}, could not be read:", Assert.Throws<KeyStoreException>(() => Open().Open("openai")).Message, StringComparison.Ordinal);
        await Failure(Open().AddAsync("openai", "another", cancellationToken: None));
        Assert.False(File.Exists(_folder.At("home", "keys.key")));
    }

    [Theory]
    [InlineData("{", "line 1, byte 2: not JSON.")]
    [InlineData("[]", "\"omega_keys\" is missing: this is no key store.")]
    [InlineData("""{"omega_keys": 2}""", "\"omega_keys\" is 2; known: 1. A newer Omega wrote it.")]
    [InlineData("""{"omega_keys": 1, "keys": []}""", "$.protection is missing or no object.")]
    [InlineData("""{"omega_keys": 1, "protection": {"kind": "none"}, "keys": []}""", "$.protection.kind is \"none\"; known: key_file, passphrase.")]
    [InlineData("""{"omega_keys": 1, "protection": {"kind": "passphrase", "salt": "AAAA", "iterations": 2000000000}, "keys": []}""", "$.protection.iterations is out of range; allowed: 100000 to 10000000.")]
    [InlineData("""{"omega_keys": 1, "protection": {"kind": "key_file"}, "keys": [{"id": "a", "provider": "openai", "weight": 0}]}""", "$.keys[0].weight is out of range; allowed: 1 to 100.")]
    public async Task List_DamagedFile_SaysWhereAndLeavesItAlone(string json, string reason)
    {
        Directory.CreateDirectory(_folder.At("home"));
        await File.WriteAllTextAsync(Path, json, None);

        var error = Assert.Throws<KeyStoreException>(() => Open().List());
        Assert.StartsWith($"The key store {Path} is damaged and left as it is: {reason}", error.Message, StringComparison.Ordinal);
        await Failure(Open().AddAsync("openai", Secret, cancellationToken: None));
        Assert.Equal(json, await File.ReadAllTextAsync(Path, None));
    }

    [Fact]
    public async Task Warnings_FileThatOthersCanRead_IsNamed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await Open().AddAsync("openai", Secret, cancellationToken: None);
        Assert.Empty(Open().Warnings());

        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Equal($"{Path} can be read by others on this machine: chmod 600 {Path}", Assert.Single(Open().Warnings()));
    }

    [Fact]
    public void Seal_AnyKey_OpensForItsIdAndProviderAlone() => Gen.Select(Gen.String[1, 60], Gen.Byte.Array[KeySeal.KeyBytes], Gen.Int[0, 400], Gen.Byte).Sample((secret, key, place, flip) =>
    {
        if (!secret.IsNormalized() || secret.Any(char.IsSurrogate))
            return;
        using var seal = KeySeal.OfFile(Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n"))!;
        var box = seal.Close("openai", "a", secret);
        Assert.Equal(secret, seal.Open("openai", "a", box));
        Assert.Null(seal.Open("openai", "b", box));
        Assert.Null(seal.Open("xai", "a", box));
        box[place % box.Length] ^= (byte)(flip | 1);
        Assert.Null(seal.Open("openai", "a", box));
        Assert.Null(seal.Open("openai", "a", box.AsSpan(0, place % box.Length)));
    }, iter: 2000);

    private static async Task<KeyStoreException> Failure(ValueTask<StoredKey> change) => await Assert.ThrowsAsync<KeyStoreException>(async () => await change);

    private KeyStore Open(string? passphrase = null) => new(Path, passphrase: () => passphrase, time: _time);
}
