using System.CommandLine;
using System.Globalization;

namespace Omega.Cli.Commands.Risk;

/// <summary>Lengths of time on the command line: <c>30m</c>, <c>4h</c>, <c>1d</c>, <c>2w</c>.</summary>
internal static class Horizon
{
    private const int MostDays = 365;

    public static Option<TimeSpan?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (Parse(result.Tokens[^1].Value) is { } time)
                return time;
            result.AddError($"{name} is \"{result.Tokens[^1].Value}\"; allowed: a whole number and m, h, d or w, up to {MostDays}d, as 4h or 1d.");
            return null;
        },
    };

    private static TimeSpan? Parse(string text)
    {
        TimeSpan? unit = text is [.., var last] ? char.ToLowerInvariant(last) switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            'w' => TimeSpan.FromDays(7),
            _ => null,
        }
        : null;
        return unit is { } one && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 1_000_000 && one * count <= TimeSpan.FromDays(MostDays)
            ? one * count
            : null;
    }
}
