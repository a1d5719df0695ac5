using Omega.Trading.Expressions;

namespace Omega.Trading.Strategies;

/// <summary>A <see cref="SpecStrategy"/> as it runs.</summary>
internal sealed class SpecRun : StrategyRun
{
    private readonly Machine _machine;
    private readonly SideRun? _long;
    private readonly SideRun? _short;
    private readonly PartsRun? _parts;
    private readonly EntryHours? _hours;
    private readonly EntrySize _size;
    private readonly long _barLength;
    private int _warmUpLeft;

    public SpecRun(SpecStrategy strategy, Timeframe timeframe)
    {
        var builder = new MachineBuilder(timeframe);
        _long = strategy.Long is null ? null : new SideRun(strategy.Long, builder, isLong: true);
        _short = strategy.Short is null ? null : new SideRun(strategy.Short, builder, isLong: false);
        _machine = builder.Build();
        _parts = strategy.Parts is null ? null : new PartsRun(strategy.Parts);
        (_hours, _size, _barLength) = (strategy.Hours, strategy.Size, timeframe.Milliseconds);
        var terms = (strategy.Long?.All ?? []).Concat(strategy.Short?.All ?? []);
        _warmUpLeft = WarmUpBars = terms.Max(term => MachineBuilder.WarmUp(term, timeframe));
    }

    public override int WarmUpBars { get; }

    public override void OnBar(in Candle bar, in PositionView position, ref Decision decision)
    {
        _machine.Advance(bar, position);
        if (_warmUpLeft > 0)
        {
            _warmUpLeft--;
            return;
        }

        if (position.Side == 0)
        {
            var (isLong, isShort) = (_long is { Enters: true }, _short is { Enters: true });
            // Where both sides call, neither is clear.
            if (isLong != isShort)
                Enter(isLong ? _long! : _short!, bar, isFlat: true, ref decision);
            return;
        }

        var side = position.Side > 0 ? _long : _short;
        if (side is { Exits: true })
        {
            if (position.Side > 0)
                decision.ExitLong = true;
            else
                decision.ExitShort = true;
        }
        else if (_parts is not null && side is { Enters: true })
        {
            Enter(side, bar, isFlat: false, ref decision);
        }
    }

    private void Enter(SideRun side, in Candle bar, bool isFlat, ref Decision decision)
    {
        var nextOpen = bar.Time + _barLength;
        if (_hours is not null && !_hours.Allows(nextOpen))
            return;
        if (_parts is not null && !_parts.IsDue(nextOpen, isFlat))
            return;
        if (!side.TryProtect(bar.Close, ref decision))
            return;
        decision.Size = _parts is null ? _size : _parts.Take(nextOpen, isFlat, _size);
        decision.AddsToPosition = !isFlat;
        if (side.IsLong)
            decision.EnterLong = true;
        else
            decision.EnterShort = true;
    }
}
