namespace Omega.Trading.Analysis;

/// <summary>What a figure of a report means.</summary>
/// <param name="Name">Its path in the JSON of a report, indices left out: <c>trend.ema_20</c>, <c>sweeps.level</c>; after <c>risk.</c> and <c>size.</c> in those reports.</param>
/// <param name="Unit">What it is counted in, or <c>text</c>.</param>
/// <param name="Meaning">How it is computed, in a sentence or two.</param>
public sealed record FigureDefinition(string Name, string Unit, string Meaning);
