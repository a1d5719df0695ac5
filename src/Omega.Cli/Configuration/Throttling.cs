using Omega.Cli.Commands;
using Omega.Gpt.Resilience;

namespace Omega.Cli.Configuration;

/// <summary>Limits on what is asked, from the settings; what providers announce holds beside them.</summary>
internal static class Throttling
{
    private static readonly NumberRange Range = new(1, int.MaxValue, Whole: true);

    /// <exception cref="CliException">A setting is no number.</exception>
    public static ThrottleOptions Of(Settings settings)
    {
        return new ThrottleOptions
        {
            Limits = new ThrottleLimits
            {
                RequestsPerMinute = Number(SettingNames.RequestsPerMinute),
                TokensPerMinute = Number(SettingNames.TokensPerMinute),
                ConcurrentStreams = Number(SettingNames.ConcurrentStreams),
            },
        };

        int? Number(SettingName name) =>
            settings.Find(name.Variable) is { } setting ? (int?)Range.Parse(setting.Value, $"{setting.Origin} is", message => throw CliException.Usage(message)) : null;
    }
}
