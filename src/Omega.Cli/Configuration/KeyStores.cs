using Omega.Gpt.Resilience;

namespace Omega.Cli.Configuration;

/// <summary>
/// Where the key store is: among the data, with what encrypts it among the settings, so that a copy of the one folder alone gives no key
/// away. With <c>OMEGA_HOME</c> both are in one folder.
/// </summary>
internal static class KeyStores
{
    public static KeyStore Of(Settings settings, TimeProvider time) => new(
        Path.Combine(settings.Folders.Data, "keys.json"),
        Path.Combine(settings.Folders.Config, "keys.key"),
        () => settings.Get(KeyStore.PassphraseVariable),
        time);
}
