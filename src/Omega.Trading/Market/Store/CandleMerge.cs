namespace Omega.Trading;

/// <summary>Two series of one source and timeframe made into one.</summary>
internal static class CandleMerge
{
    /// <param name="kept">What was there; null for nothing.</param>
    /// <param name="more">What comes.</param>
    /// <param name="replace">Whether <paramref name="more"/> wins where both have a candle and they differ.</param>
    public static CandleImport Join(CandleSeries? kept, CandleSeries more, bool replace)
    {
        if (!more.Parts.IsEmpty && more.Parts.ContainsAnyExcept(more.ExpectedParts))
            throw new TradingException($"The {more.Timeframe} candles were resampled and some are incomplete. Import the candles they were made of.");
        if (kept is null)
            return new CandleImport(more, more.Count, 0, 0, 0);
        var candles = new List<Candle>(kept.Count + more.Count);
        var (unchanged, differing, i, k) = (0, 0, 0, 0);
        while (i < kept.Count || k < more.Count)
        {
            if (k == more.Count || (i < kept.Count && kept.Times[i] < more.Times[k]))
            {
                candles.Add(kept[i++]);
            }
            else if (i == kept.Count || kept.Times[i] > more.Times[k])
            {
                candles.Add(more[k++]);
            }
            else
            {
                var (old, fresh) = (kept[i++], more[k++]);
                unchanged += old == fresh ? 1 : 0;
                differing += old == fresh ? 0 : 1;
                candles.Add(replace ? fresh : old);
            }
        }

        var added = candles.Count - kept.Count;
        return new CandleImport(CandleSeries.Create(kept.Timeframe, kept.Source, candles), added, unchanged, replace ? 0 : differing, replace ? differing : 0);
    }
}
