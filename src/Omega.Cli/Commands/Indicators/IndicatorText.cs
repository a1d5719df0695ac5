using Omega.Cli.Screen;
using Omega.Trading.Indicators;

namespace Omega.Cli.Commands.Indicators;

/// <summary>What an indicator is, for a person.</summary>
internal static class IndicatorText
{
    public static void Tell(Terminal terminal, IReadOnlyList<Indicator> indicators)
    {
        for (var i = 0; i < indicators.Count; i++)
        {
            if (i > 0)
                terminal.OutputLine("");
            Tell(terminal, indicators[i]);
        }
    }

    private static void Tell(Terminal terminal, Indicator indicator)
    {
        var descriptor = indicator.Descriptor;
        terminal.OutputLine(Tones.Paint(indicator.ToString(), Tone.Strong, terminal.OutputColour));
        terminal.OutputLine(descriptor.Description);
        terminal.OutputLine($"reads       {(descriptor.TakesSource ? "one series, the close unless another is given" : "whole bars")}");
        for (var i = 0; i < descriptor.Parameters.Count; i++)
        {
            var parameter = descriptor.Parameters[i];
            terminal.OutputLine(FormattableString.Invariant($"{(i == 0 ? "values" : ""),-12}{parameter.Name} {indicator.Parameters[i]}: {parameter.Range}, usually {parameter.Default}"));
        }

        terminal.OutputLine($"columns     {string.Join(", ", indicator.Columns)}");
        terminal.OutputLine(FormattableString.Invariant($"warm-up     {indicator.WarmUpBars} bar{(indicator.WarmUpBars == 1 ? "" : "s")}{(descriptor.WarmUpDependsOnData ? " at least" : "")}"));
    }
}
