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

    public void AddTo(Command command) => command.Options.Add(_fallback);

    /// <summary>The command line over the settings.</summary>
    /// <exception cref="CliException">A setting is wrong.</exception>
    public GptPipelineOptions Read(ParseResult parsed, Settings settings)
    {
        var fallbacks = parsed.GetValue(_fallback)!;
        var attempts = settings.Find(SettingNames.Attempts.Variable) is { } setting
            ? NumberRange.Attempts.Parse(setting.Value, $"{setting.Origin} is", message => throw CliException.Usage(message))
            : null;
        var standard = GptPipelineOptions.Standard;
        return standard with
        {
            Retry = attempts is null ? standard.Retry : standard.Retry! with { MaxAttempts = (int)attempts },
            Fallbacks = fallbacks.Length > 0 ? fallbacks : Models(settings, SettingNames.Fallback),
            Aliases = new[] { SettingNames.Fast, SettingNames.Smart }
                .Select(alias => (alias.Key, Models: Models(settings, alias)))
                .Where(alias => alias.Models.Count > 0)
                .ToDictionary(alias => alias.Key, alias => alias.Models, StringComparer.OrdinalIgnoreCase),
        };
    }

    // Names of models hold no commas.
    private static IReadOnlyList<string> Models(Settings settings, SettingName name) =>
        settings.Get(name.Variable)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
