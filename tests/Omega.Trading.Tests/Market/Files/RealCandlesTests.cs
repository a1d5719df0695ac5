namespace Omega.Trading.Tests.Market.Files;

/// <summary>Real candles, kept outside the repository: the folder named by OMEGA_REAL_CANDLES.</summary>
public sealed class RealCandlesTests
{
    private static string? Folder => Environment.GetEnvironmentVariable("OMEGA_REAL_CANDLES") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;

    [Fact]
    public void Read_HoursOfEightYears_AreSoundAndTheirGapsKnown()
    {
        var (series, report) = Read("btcusdt-1h-2017-2024.csv.gz");

        Assert.Equal((Timeframe.H1, 64_525, 0L), (series.Timeframe, series.Count, report.BadRows));
        Assert.Equal(((report.To - report.From).TotalHours + 1) - series.Count, report.Missing);
        // Of what the exchange lacks in all (129 hours in 30 gaps) the file's time holds these.
        Assert.Equal((127L, 28), (report.Missing, report.MissingRanges.Count));
    }

    [Fact]
    public void Read_MinutesOfAYear_AreSoundAndResampleToItsHours()
    {
        var (series, report) = Read("btcusd-1m-2018.csv.gz");
        var hours = series.Resample(Timeframe.H1);

        Assert.Equal((Timeframe.M1, 520_499, 0L), (series.Timeframe, series.Count, report.BadRows));
        // The year's last hour lacks its last minute, and so is left out.
        var whole = series.Between(hours[0].OpenTime, hours[^1].OpenTime.AddHours(1));
        Assert.Equal(59, series.Count - whole.Count);
        Assert.Equal(whole.Count, hours.Parts.ToArray().Sum());
        Assert.Equal(whole.Volumes.ToArray().Sum(), hours.Volumes.ToArray().Sum(), 1e-3);
    }

    private static CandleFileResult Read(string name)
    {
        Assert.SkipUnless(Folder is not null, "OMEGA_REAL_CANDLES does not name a folder of candles.");
        return CandleFile.Read(Path.Combine(Folder!, name));
    }
}
