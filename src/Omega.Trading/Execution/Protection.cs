using Omega.Trading.Strategies;

namespace Omega.Trading.Execution;

/// <summary>What guards the position that an entry opens. The default value is: nothing.</summary>
/// <param name="Stop">Protective stop.</param>
/// <param name="Target">Profit target.</param>
/// <param name="Trail">Trailing stop: a fraction or a distance.</param>
public readonly record struct Protection(PriceRule Stop, PriceRule Target, PriceRule Trail)
{
    /// <summary>Whether any of the three is there.</summary>
    public bool IsAny => (Stop.Kind | Target.Kind | Trail.Kind) != PriceRuleKind.None;

    /// <summary>Whether each rule that is there has a finite value above zero, and the trail is no fixed price.</summary>
    internal bool IsValid => IsValidRule(Stop) && IsValidRule(Target) && IsValidRule(Trail) && Trail.Kind != PriceRuleKind.Price;

    private static bool IsValidRule(PriceRule rule) => rule.Kind == PriceRuleKind.None || (rule.Value > 0 && double.IsFinite(rule.Value));
}
