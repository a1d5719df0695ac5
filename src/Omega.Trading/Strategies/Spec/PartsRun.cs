namespace Omega.Trading.Strategies;

/// <summary>
/// Counts the parts of a position that is built over time. The first is due at once, and stays due until there is a position; the others
/// at the first chance in each later period.
/// </summary>
internal sealed class PartsRun(PartsPlan plan)
{
    private int _taken;
    private long _period;

    /// <param name="nextOpen">When the part would be filled.</param>
    /// <param name="isFlat">Whether there is no position yet.</param>
    public bool IsDue(long nextOpen, bool isFlat) => isFlat || (_taken < plan.Count && plan.Every.Floor(nextOpen) > _period);

    /// <summary>Takes the next part.</summary>
    /// <returns>Its size: of the cash that is left, so that all parts are equal; or the amount that is given.</returns>
    public EntrySize Take(long nextOpen, bool isFlat, EntrySize given)
    {
        if (isFlat)
            _taken = 0;
        _period = plan.Every.Floor(nextOpen);
        var left = plan.Count - _taken++;
        return given.Kind == EntrySizeKind.Quote ? given : new EntrySize(EntrySizeKind.CashFraction, 1.0 / left);
    }
}
