using Omega.Trading.Indicators;
using Omega.Trading.Strategies;

namespace Omega.Trading.Tests.Strategies;

/// <summary>The built-in <c>ema-cross</c> as a person would write it in C#: enter on crossover, exit on crossunder.</summary>
public sealed class EmaCross(int fast = 12, int slow = 26) : IStrategy
{
    public string Name => "ema-cross";

    public IReadOnlyDictionary<string, double> Parameters { get; } = new Dictionary<string, double> { ["fast"] = fast, ["slow"] = slow };

    public StrategyRun Start(Timeframe timeframe) => new Run(fast, slow);

    private sealed class Run(int fast, int slow) : StrategyRun
    {
        private readonly int _warmUp = Math.Max(fast, slow);
        private Ema _fast = new(fast);
        private Ema _slow = new(slow);
        private bool _wasAbove;
        private bool _wasBelow;

        public override int WarmUpBars => _warmUp;

        public override void OnBar(in Candle bar, in PositionView position, ref Decision decision)
        {
            var difference = _fast.Next(bar.Close) - _slow.Next(bar.Close);
            if (double.IsNaN(difference))
                return;
            if (difference > 0)
            {
                if (_wasBelow)
                    decision.EnterLong = true;
            }
            else if (difference < 0 && _wasAbove)
            {
                decision.ExitLong = true;
            }

            // crossover asks for at or below on the bar before, crossunder for at or above.
            (_wasAbove, _wasBelow) = (difference >= 0, difference <= 0);
        }
    }
}
