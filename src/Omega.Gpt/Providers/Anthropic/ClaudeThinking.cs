using System.Globalization;
using System.Text.RegularExpressions;

namespace Omega.Gpt.Providers.Anthropic;

/// <summary>How a model is told to think. Told from its name, so that models newer than the catalogue work.</summary>
internal enum ThinkingMode
{
    /// <summary>A budget of tokens: Claude before 4.6, and other vendors' models behind this wire.</summary>
    Budget,

    /// <summary>Adaptive, off unless asked for: Claude 4.6 to 4.8.</summary>
    Adaptive,

    /// <summary>Adaptive, on unless turned off: Claude Opus 5 and Sonnet 5, Haiku from 5.</summary>
    AdaptiveByDefault,

    /// <summary>Adaptive, never off: Claude Fable and Mythos, Opus and Sonnet after 5.</summary>
    AdaptiveAlways,
}

/// <summary>Tells <see cref="ThinkingMode"/> from a model's name.</summary>
internal static partial class ClaudeThinking
{
    /// <summary>The mode of a model.</summary>
    /// <param name="model">The name, such as <c>claude-opus-4-6</c>, <c>claude-3-7-sonnet-20250219</c> or <c>anthropic/claude-sonnet-5</c>.</param>
    public static ThinkingMode Of(string model)
    {
        if (model.Contains("fable", StringComparison.OrdinalIgnoreCase) || model.Contains("mythos", StringComparison.OrdinalIgnoreCase))
            return ThinkingMode.AdaptiveAlways;
        var match = Name().Match(model);
        if (!match.Success) // a name such as claude-opus-latest means the newest
            return model.Contains("claude", StringComparison.OrdinalIgnoreCase) ? ThinkingMode.AdaptiveAlways : ThinkingMode.Budget;

        var version = (int.Parse(match.Groups["major"].Value, CultureInfo.InvariantCulture), match.Groups["minor"] is { Success: true } minor ? int.Parse(minor.Value, CultureInfo.InvariantCulture) : 0);
        var isHaiku = match.Groups["family"] is { Success: true } family && family.Captures[0].Value.Equals("haiku", StringComparison.OrdinalIgnoreCase);
        return version switch
        {
            ( < 4, _) or (4, < 6) => ThinkingMode.Budget,
            (4, _) => ThinkingMode.Adaptive,
            (5, 0) => ThinkingMode.AdaptiveByDefault,
            _ => isHaiku ? ThinkingMode.AdaptiveByDefault : ThinkingMode.AdaptiveAlways,
        };
    }

    // The family before the version (claude-opus-4-6) or after it (claude-3-7-sonnet); a version's part has one or two digits, a date eight.
    [GeneratedRegex(@"claude-(?:(?<family>[a-z]+)-)?(?<major>\d{1,2})(?:[-.](?<minor>\d{1,2}))?(?!\d)(?:-(?<family>[a-z]{4,}))?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Name();
}
