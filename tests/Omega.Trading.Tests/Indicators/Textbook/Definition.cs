namespace Omega.Trading.Tests.Indicators.Textbook;

/// <summary>One output by its definition: a value for each bar, null where there is none, and what an error is measured against.</summary>
/// <param name="Values">The values.</param>
/// <param name="Scale">For each bar the size that 1e-9 is a fraction of; the value itself where it is null.</param>
internal sealed record Definition(Wide?[] Values, Wide?[]? Scale = null)
{
    public static Definition[] Of(params Wide?[][] outputs) => [.. outputs.Select(values => new Definition(values))];

    /// <summary>Errors are measured against one size, or the value where it is larger.</summary>
    public static Definition[] Within(double scale, params Wide?[][] outputs) =>
        [.. outputs.Select(values => new Definition(values, [.. values.Select(value => value is { } known ? (Wide?)Wide.Max(scale, Wide.Abs(known)) : null)]))];

    /// <summary>Errors of differences are measured against what was subtracted.</summary>
    public static Definition[] Against(Wide?[] scale, params Wide?[][] outputs) => [.. outputs.Select(values => new Definition(values, scale))];
}
