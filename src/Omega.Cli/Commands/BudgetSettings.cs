using Omega.Cli.Configuration;
using Omega.Gpt;

namespace Omega.Cli.Commands;

/// <summary>The limits on spending that settings name.</summary>
internal static class BudgetSettings
{
    /// <exception cref="CliException">A setting is wrong.</exception>
    public static Budget Read(Settings settings)
    {
        return new Budget
        {
            PerTurn = Usd(SettingNames.Budget),
            PerSession = Usd(SettingNames.BudgetSession),
            PerDay = Usd(SettingNames.BudgetDay),
            PerMonth = Usd(SettingNames.BudgetMonth),
            AllowUnpriced = settings.IsOn(SettingNames.AllowUnpriced),
        };

        decimal? Usd(SettingName name) => settings.Find(name.Variable) is { } setting
            ? Exact(NumberRange.Usd.Parse(setting.Value, $"{setting.Origin} is", message => throw CliException.Usage(message)))
            : null;
    }

    /// <summary>As it was written: a double has more digits than anyone gave.</summary>
    public static decimal? Exact(double? amount) => amount is { } usd ? decimal.Round((decimal)usd, 12) : null;
}
