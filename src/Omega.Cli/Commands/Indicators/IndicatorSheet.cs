using System.Globalization;
using Omega.Trading;
using Omega.Trading.Indicators;

namespace Omega.Cli.Commands.Indicators;

/// <summary>Indicators computed over a series, as columns beside its times.</summary>
internal sealed class IndicatorSheet
{
    public IndicatorSheet(CandleSeries series, IReadOnlyList<Indicator> indicators, CancellationToken cancellationToken)
    {
        (Series, Indicators) = (series, indicators);
        var columns = new List<IndicatorColumn>();
        foreach (var indicator in indicators)
        {
            cancellationToken.ThrowIfCancellationRequested();
            columns.AddRange(indicator.Over(series));
        }

        Columns = columns;
        Notes = [.. indicators.Select(Note).OfType<string>()];
    }

    public CandleSeries Series { get; }

    public IReadOnlyList<Indicator> Indicators { get; }

    public IReadOnlyList<IndicatorColumn> Columns { get; }

    /// <summary>Why there are no values where there are none.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The open time of a bar in ISO 8601.</summary>
    public string Time(int bar) => Series[bar].OpenTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private string? Note(Indicator indicator)
    {
        if (indicator.WarmUpBars >= Series.Count)
            return $"{indicator} needs {indicator.WarmUpBars} bars before its first full set of values; the file has {Series.Count}.";
        var empty = Columns.Where(column => indicator.Columns.Contains(column.Name) && !column.Values.ContainsAnyExcept(double.NaN)).Select(column => column.Name).ToList();
        return empty.Count == 0 ? null : $"{string.Join(", ", empty)} has no value on any bar of the file: {indicator.Descriptor.Description}";
    }
}
