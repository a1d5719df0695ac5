using System.CommandLine;
using Omega.Cli.Configuration;
using Omega.Gpt;

namespace Omega.Cli.Commands;

/// <summary>What stands between a turn and the wire: the options and settings of it. On by default, without fallbacks.</summary>
internal sealed class PipelineArguments
{
    private readonly Option<string[]> _fallback = new("--fallback")
    {
        Description = "Who answers when the model cannot; may be repeated, in order",
        HelpName = "PROVIDER/MODEL",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _cache = OptionParsing.Switch("--cache", "Give an answer again for the same request within an hour; on by itself with --temperature 0");
    private readonly Option<bool> _noCache = OptionParsing.Switch("--no-cache", "Ask anew, and keep nothing");

    public void AddTo(Command command)
    {
        command.Options.Add(_fallback);
        command.Options.Add(_cache);
        command.Options.Add(_noCache);
    }

    /// <summary>Whether an answer may be given again.</summary>
    /// <exception cref="CliException">Two options contradict each other.</exception>
    public CacheUse ReadCache(ParseResult parsed) => (parsed.GetValue(_cache), parsed.GetValue(_noCache)) switch
    {
        (true, true) => throw CliException.Usage("--cache and --no-cache contradict each other: give one of the two."),
        (true, _) => CacheUse.On,
        (_, true) => CacheUse.Off,
        _ => CacheUse.Auto,
    };

    /// <summary>The command line over the settings.</summary>
    /// <exception cref="CliException">A setting is wrong.</exception>
    public GptPipelineOptions Read(ParseResult parsed, Settings settings)
    {
        var fallbacks = parsed.GetValue(_fallback)!;
        var configured = OfSettings(settings);
        return configured with
        {
            Cache = new CacheOptions { Store = new FileAnswerCache(Path.Combine(settings.Folders.Data, "answers")) },
            Fallbacks = fallbacks.Length > 0 ? fallbacks : configured.Fallbacks,
        };
    }

    /// <summary>What the settings alone make of it, without a cache.</summary>
    /// <exception cref="CliException">A setting is wrong.</exception>
    public static GptPipelineOptions OfSettings(Settings settings)
    {
        var standard = GptPipelineOptions.Standard;
        var (retry, timeouts) = (standard.Retry!, standard.Timeouts!);
        return standard with
        {
            Retry = retry with { MaxAttempts = (int)(Number(SettingNames.Attempts, NumberRange.Attempts) ?? retry.MaxAttempts) },
            Timeouts = timeouts with
            {
                Connect = Seconds(SettingNames.ConnectTimeout) ?? timeouts.Connect,
                FirstChunk = Seconds(SettingNames.FirstTimeout) ?? timeouts.FirstChunk,
                Idle = Seconds(SettingNames.IdleTimeout) ?? timeouts.Idle,
            },
            Fallbacks = Models(settings, SettingNames.Fallback),
            Aliases = new[] { SettingNames.Fast, SettingNames.Smart }
                .Select(alias => (alias.Key, Models: Models(settings, alias)))
                .Where(alias => alias.Models.Length > 0)
                .ToDictionary(alias => alias.Key, alias => (IReadOnlyList<string>)alias.Models, StringComparer.OrdinalIgnoreCase),
        };

        TimeSpan? Seconds(SettingName name) => Number(name, NumberRange.TimeoutSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

        double? Number(SettingName name, NumberRange range) => settings.Find(name.Variable) is { } setting
            ? range.Parse(setting.Value, $"{setting.Origin} is", message => throw CliException.Usage(message))
            : null;
    }

    // Names of models hold no commas.
    private static string[] Models(Settings settings, SettingName name) =>
        settings.Get(name.Variable)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
