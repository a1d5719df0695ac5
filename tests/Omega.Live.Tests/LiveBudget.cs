using System.Globalization;
using System.Text;
using Omega.Gpt;
using Omega.Gpt.Models;

namespace Omega.Live.Tests;

/// <summary>
/// What a run may cost. A turn reserves the most it could cost before it is sent, and is not sent where that is not left; afterwards it
/// counts what it did cost. Thread-safe.
/// </summary>
/// <param name="limitUsd">US dollars for all turns together.</param>
internal sealed class LiveBudget(decimal limitUsd)
{
    /// <summary>What one run of the live tests may cost.</summary>
    public const decimal RunUsd = 0.05m;

    private readonly Lock _lock = new();
    private decimal _taken;

    /// <summary>Spent and reserved so far, in US dollars.</summary>
    public decimal Taken
    {
        get
        {
            lock (_lock)
                return _taken;
        }
    }

    /// <summary>Takes the most that a turn could cost.</summary>
    /// <param name="model">Whose prices hold.</param>
    /// <param name="text">Everything that is sent; no token is shorter than a byte.</param>
    /// <param name="maxTokens">The most that may be written.</param>
    /// <returns>What was reserved, to be given to <see cref="Settle"/>.</returns>
    /// <exception cref="InvalidOperationException">The price is unknown, or not so much is left.</exception>
    public decimal Reserve(ModelInfo model, string text, int maxTokens)
    {
        if (model.Prices is not [.., var dearest])
            throw new InvalidOperationException($"The price of {model} is unknown, so it is not asked.");
        const int shape = 500; // roles, function definitions and what else surrounds the text
        var input = Math.Max(dearest.Input, Math.Max(dearest.CacheWrite ?? 0, dearest.CacheWriteHour ?? 0));
        var most = (((Encoding.UTF8.GetByteCount(text) + shape) * input) + (maxTokens * dearest.Output)) / 1_000_000m;
        lock (_lock)
        {
            if (_taken + most > limitUsd)
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"A turn of {model} could cost ${most:0.######}, and of ${limitUsd} only ${limitUsd - _taken:0.######} is left."));
            _taken += most;
        }

        return most;
    }

    /// <summary>Puts what a turn did cost in the place of what was reserved; an unknown cost leaves the reservation.</summary>
    /// <param name="reserved">What <see cref="Reserve"/> returned.</param>
    /// <param name="cost">What it cost; null when unknown.</param>
    public void Settle(decimal reserved, Cost? cost)
    {
        if (cost is null)
            return;
        lock (_lock)
            _taken += cost.Usd - reserved;
    }
}
