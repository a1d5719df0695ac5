using Omega.Trading.Expressions;

namespace Omega.Trading.Strategies;

/// <summary>One side's rules as they run.</summary>
internal sealed class SideRun
{
    private readonly TruthNode _enter;
    private readonly TruthNode? _exit;
    private readonly LevelRun? _stop;
    private readonly LevelRun? _target;
    private readonly LevelRun? _trail;

    public SideRun(SideTerms terms, MachineBuilder builder, bool isLong)
    {
        IsLong = isLong;
        _enter = builder.Truth(terms.Enter);
        _exit = terms.Exit is null ? null : builder.Truth(terms.Exit);
        (_stop, _target, _trail) = (LevelRun.Of(terms.Stop, builder), LevelRun.Of(terms.Target, builder), LevelRun.Of(terms.Trail, builder));
    }

    public bool IsLong { get; }

    /// <summary>Whether the rule to enter is true, and the one to leave is not: leaving wins.</summary>
    public bool Enters => _enter.Value == Truth.True && !Exits;

    public bool Exits => _exit is { Value: Truth.True };

    /// <summary>Sets stop, target and trail of an entry; false where one of them is null or on the wrong side: then there is no entry.</summary>
    public bool TryProtect(double close, ref Decision decision)
    {
        var (stop, target, trail) = (_stop?.Now ?? default, _target?.Now ?? default, _trail?.Now ?? default);
        if (!IsSound(stop, isBelow: IsLong) || !IsSound(target, isBelow: !IsLong) || !IsSound(trail, isBelow: IsLong))
            return false;
        (decision.Stop, decision.Target, decision.Trail) = (stop, target, trail);
        return true;

        bool IsSound(PriceRule rule, bool isBelow) => rule.Kind switch
        {
            PriceRuleKind.None => true,
            PriceRuleKind.Price => rule.Value > 0 && (isBelow ? rule.Value < close : rule.Value > close),
            _ => rule.Value > 0,
        };
    }
}

/// <summary>A stop, target or trailing distance as it runs.</summary>
internal sealed class LevelRun(PriceRuleKind kind, double factor, NumberNode? node)
{
    /// <summary>At the last bar; the value is NaN where it is null.</summary>
    public PriceRule Now => new(kind, node is null ? factor : factor * node.Value);

    public static LevelRun? Of(LevelTerms? level, MachineBuilder builder) =>
        level is null ? null : new LevelRun(level.Kind, level.Factor, level.Term is null ? null : builder.Number(level.Term));
}
