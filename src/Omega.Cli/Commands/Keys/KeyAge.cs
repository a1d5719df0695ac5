using Omega.Cli.Configuration;
using Omega.Gpt.Resilience;

namespace Omega.Cli.Commands.Keys;

/// <summary>From which age on a key should be replaced: <c>key_max_age</c>, in days.</summary>
internal static class KeyAge
{
    public const double DefaultDays = 90;

    private static readonly NumberRange Range = new(1, 3650);

    /// <exception cref="CliException">The setting is no number of days.</exception>
    public static TimeSpan Limit(Settings settings) =>
        TimeSpan.FromDays(settings.Find(SettingNames.KeyMaxAge.Variable) is { } setting
            ? Range.Parse(setting.Value, $"{setting.Origin} is", message => throw CliException.Usage(message)) ?? DefaultDays
            : DefaultDays);

    /// <summary>What to tell of a key; null where it is young enough.</summary>
    public static string? Warning(KeyRow key, TimeSpan limit) =>
        key.Age > limit && key.Status.State != KeyState.Disabled ? $"{key.Status.Id} is {key.AgeText[..^2]} days old. Make a new key at {key.Status.Provider} and hand it in: omega keys rotate {key.Status.Id}" : null;
}
