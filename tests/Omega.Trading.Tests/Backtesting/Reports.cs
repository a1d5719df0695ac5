using System.Text;
using System.Text.Json;
using Omega.Trading.Backtesting;

namespace Omega.Trading.Tests.Backtesting;

/// <summary>Reports as JSON.</summary>
internal static class Reports
{
    public static string Json(BacktestReport report, bool withSeries = false)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            report.WriteTo(writer, withSeries);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static JsonElement Parse(BacktestReport report, bool withSeries = false) => JsonElement.Parse(Json(report, withSeries));
}
